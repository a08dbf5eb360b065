"""The colleagues of one's regions: inviting, changing, keeping out, and a second step that was lost."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from starlette.responses import RedirectResponse, Response

from assistant.accounts.account import Account
from assistant.accounts.audit import Action
from assistant.accounts.mail import invitation_mail, reset_mail
from assistant.accounts.role import Role
from assistant.desk.dependencies import (
    Accounts,
    Audit,
    CurrentCatalogue,
    CurrentSettings,
    SignedInAdviser,
    StoreSession,
    TeamAdmin,
    TeamAdminWithForm,
)
from assistant.desk.pages.team import Invitation, member_page, team_page
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.desk.wording import roles_in_words
from assistant.errors import NotFound, Refused
from assistant.leads.contact import clean_line, parse_email
from assistant.settings import Settings
from assistant.storage.accounts import AccountExists
from assistant.storage.clock import utc_now
from assistant.storage.desk_sessions import end_sessions
from assistant.storage.links import VALID_FOR, LinkStore, Purpose
from assistant.storage.outbox import put_mail

router = APIRouter(prefix="/desk/team", route_class=DeskRoute, include_in_schema=False)

_LONGEST_NAME = 100
_YOURSELF = "Dit is je eigen account. Een andere beheerder kan het aanpassen."
_ELSEWHERE = (
    "Deze collega werkt ook voor een regio die niet van jou is. De rol in jouw regio's kies je zelf. De naam en de toegang "
    "zijn voor een beheerder van al die regio's."
)
_DONE = {
    "aangepast": "Het account is aangepast.",
    "geblokkeerd": "Deze collega is uitgelogd en kan niet meer inloggen.",
    "toegelaten": "Deze collega kan weer inloggen.",
    "stap": "De tweede stap staat uit. Deze collega kan bij Jouw account een nieuwe aanzetten.",
    "gestuurd": "Er is een e-mail met een link onderweg.",
    "uitgenodigd": "De uitnodiging is onderweg.",
}
Work = Annotated[list[str] | None, Form(max_length=200)]
"""A region each, with the role there after a colon; with none after it they have no role there."""


def _member(account_id: str, adviser: TeamAdmin, accounts: Accounts) -> Account:
    """A colleague with whom one shares a region; of anybody else it is not told that they exist."""
    member = accounts.get(account_id)
    if not set(member.regions) & set(adviser.account.regions):
        raise NotFound("account", account_id)
    return member


Member = Annotated[Account, Depends(_member)]


def _changeable(member: Member, adviser: TeamAdminWithForm) -> Account:
    if why_not := _why_not(member, adviser):
        raise Refused(why_not)
    return member


Changeable = Annotated[Account, Depends(_changeable)]
"""A colleague whose account this administrator may change, by a form that this desk gave them."""


@router.get("")
def team(
    adviser: TeamAdmin,
    accounts: Accounts,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    gedaan: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Everybody with whom one shares a region."""
    page = team_page(
        adviser, catalogue, _team(accounts, adviser), bool(settings.smtp_host), utc_now(), done=_DONE.get(gedaan, "")
    )
    return render("team.html", page)


@router.post("")
def invite(
    adviser: TeamAdminWithForm,
    session: StoreSession,
    accounts: Accounts,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    audit: Audit,
    email: Annotated[str, Form(max_length=254)] = "",
    name: Annotated[str, Form(max_length=200)] = "",
    work: Work = None,
) -> Response:
    """Make an account without a password, and mail the link with which its owner chooses one."""
    roles = _chosen(work, adviser)
    filled = Invitation(email, clean_line(name), roles or {})
    address = parse_email(email)
    error = _wrong(filled.name, roles) or ("" if address else "Dit e-mailadres klopt niet.")
    can_mail = bool(settings.smtp_host)
    if not error and address:
        try:
            member = accounts.add(address, filled.name, filled.roles, None)
        except AccountExists as exists:
            error = exists.visitor_message
        else:
            audit.record(Action.ACCOUNT_INVITED, member.id, member.regions, roles_in_words(member.roles))
            link = _send(session, settings, member, adviser.account.name)
            if can_mail:
                return RedirectResponse("/desk/team?gedaan=uitgenodigd", status_code=303)
            page = team_page(adviser, catalogue, _team(accounts, adviser), can_mail, utc_now(), link=link)
            return render("team.html", page)
    page = team_page(adviser, catalogue, _team(accounts, adviser), can_mail, utc_now(), filled, error=error)
    return render("team.html", page, 422)


@router.get("/{account_id}")
def one(
    member: Member,
    adviser: TeamAdmin,
    catalogue: CurrentCatalogue,
    gedaan: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """One colleague."""
    page = member_page(adviser, catalogue, member, _why_not(member, adviser), utc_now(), done=_DONE.get(gedaan, ""))
    return render("member.html", page)


@router.post("/{account_id}")
def change(
    member: Member,
    adviser: TeamAdminWithForm,
    accounts: Accounts,
    catalogue: CurrentCatalogue,
    audit: Audit,
    name: Annotated[str, Form(max_length=200)] = "",
    work: Work = None,
) -> Response:
    """
    Another name, other roles in one's own regions; it counts at once, also where they are logged in.

    What a colleague is in regions of others is left alone, and so is their name then.
    """
    if member.id == adviser.account.id:
        raise Refused(_YOURSELF)
    why_not = _why_not(member, adviser)
    called = member.name if why_not else clean_line(name)
    roles = _chosen(work, adviser)
    others = {region: role for region, role in member.roles.items() if region not in adviser.account.regions}
    if error := _wrong(called, None if roles is None else others | roles):
        return render("member.html", member_page(adviser, catalogue, member, why_not, utc_now(), error=error), 422)
    changed = accounts.change(member.id, called, others | (roles or {}))
    detail = f"{roles_in_words(member.roles)} -> {roles_in_words(changed.roles)}"
    audit.record(Action.ACCOUNT_CHANGED, member.id, tuple({*member.regions, *changed.regions}), detail)
    if set(changed.regions).isdisjoint(adviser.account.regions):
        return RedirectResponse("/desk/team?gedaan=aangepast", status_code=303)
    return _back(member, "aangepast")


@router.post("/{account_id}/blokkeren")
def disable(member: Changeable, accounts: Accounts, audit: Audit) -> Response:
    """Keep somebody out, at once."""
    accounts.disable(member.email)
    audit.record(Action.ACCOUNT_DISABLED, member.id, member.regions)
    return _back(member, "geblokkeerd")


@router.post("/{account_id}/toelaten")
def enable(member: Changeable, accounts: Accounts, audit: Audit) -> Response:
    """Let somebody in again."""
    accounts.enable(member.email)
    audit.record(Action.ACCOUNT_ENABLED, member.id, member.regions)
    return _back(member, "toegelaten")


@router.post("/{account_id}/tweede-stap")
def drop_second_step(member: Changeable, session: StoreSession, accounts: Accounts, audit: Audit) -> Response:
    """For who lost their phone and their recovery codes. Sessions end: whoever has the phone is out too."""
    accounts.drop_second_step(member.id)
    end_sessions(session, member.id)
    audit.record(Action.ACCOUNT_SECOND_STEP_REMOVED, member.id, member.regions)
    return _back(member, "stap")


@router.post("/{account_id}/link")
def send_link(
    member: Changeable,
    adviser: TeamAdminWithForm,
    session: StoreSession,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    audit: Audit,
) -> Response:
    """Another invitation, or a link to another password."""
    link = _send(session, settings, member, adviser.account.name)
    audit.record(Action.ACCOUNT_RESET_SENT, member.id, member.regions)
    if settings.smtp_host:
        return _back(member, "gestuurd")
    return render("member.html", member_page(adviser, catalogue, member, "", utc_now(), link=link))


def _team(accounts: Accounts, adviser: SignedInAdviser) -> list[Account]:
    return [each for each in accounts.all() if set(each.regions) & set(adviser.account.regions)]


def _why_not(member: Account, adviser: SignedInAdviser) -> str:
    if member.id == adviser.account.id:
        return _YOURSELF
    return "" if set(member.regions) <= set(adviser.account.regions) else _ELSEWHERE


def _chosen(work: Iterable[str] | None, adviser: SignedInAdviser) -> dict[str, Role] | None:
    """By region the role that was chosen there; None: what was sent is not of this form, or of one's regions."""
    pairs = [each.partition(":") for each in work or ()]
    if any(region not in adviser.account.regions or role not in ("", *Role) for region, _, role in pairs):
        return None
    return {region: Role(role) for region, _, role in pairs if role}


def _wrong(name: str, roles: Mapping[str, Role] | None) -> str:
    if not 1 <= len(name) <= _LONGEST_NAME:
        return f"Vul een naam in, in hoogstens {_LONGEST_NAME} tekens."
    if not roles:
        return "Kies een rol in een of meer regio's van jezelf."
    return ""


def _send(session: StoreSession, settings: Settings, member: Account, by: str) -> str:
    """Mail a link if there is a mail server. Returns the link, to hand over by hand where there is none."""
    purpose = Purpose.RESET if member.has_password else Purpose.INVITATION
    code = LinkStore(session).make(member.id, purpose)
    if settings.smtp_host:
        valid = VALID_FOR[purpose]
        mail = (
            reset_mail(member, code, settings.public_url, valid)
            if purpose is Purpose.RESET
            else invitation_mail(member, by, code, settings.public_url, valid)
        )
        put_mail(session, mail)
    return f"{settings.public_url.rstrip('/')}/desk/link/{code}"


def _back(member: Account, done: str) -> Response:
    return RedirectResponse(f"/desk/team/{member.id}?gedaan={done}", status_code=303)
