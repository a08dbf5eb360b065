"""The colleagues of one's regions, and one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assistant.accounts.account import Account
from assistant.accounts.role import Role
from assistant.desk import wording
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.account import region_title, regions_in_words
from assistant.desk.pages.parts import Choice, Moment, Shell, choices, moment_of, shell
from knowledge.catalogue import Catalogue


@dataclass(frozen=True)
class MemberRow:
    """A colleague in the list."""

    address: str
    name: str
    email: str
    role: str
    regions: str
    state: str
    """`Uitgenodigd`, `Geblokkeerd`, or empty."""
    second_step: str
    last_login: Moment | None


@dataclass(frozen=True)
class Invitation:
    """The form to invite somebody, as it was filled in."""

    email: str = ""
    name: str = ""
    role: str = Role.ADVISER.value
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class TeamPage:
    """The colleagues, and the form to invite another."""

    shell: Shell
    rows: tuple[MemberRow, ...]
    roles: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    email: str
    name: str
    can_mail: bool
    done: str
    error: str
    link: str = ""
    """To hand over by oneself, where no mail is sent."""


@dataclass(frozen=True)
class MemberPage:
    """One colleague, with the forms to change the account."""

    shell: Shell
    address: str
    row: MemberRow
    roles: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    why_not: str
    """Why this reader cannot change it; empty: they can."""
    disabled: bool
    invited: bool
    has_second_step: bool
    done: str
    error: str
    link: str = field(default="")


def team_page(
    adviser: SignedInAdviser,
    catalogue: Catalogue,
    members: Sequence[Account],
    can_mail: bool,
    now: datetime,
    filled: Invitation = Invitation(),
    done: str = "",
    error: str = "",
    link: str = "",
) -> TeamPage:
    """The page of a team."""
    return TeamPage(
        shell=shell("Team", adviser),
        rows=tuple(_row(each, catalogue, now) for each in members),
        roles=_roles(filled.role),
        regions=_regions(adviser, catalogue, filled.regions or adviser.account.regions[:1]),
        email=filled.email,
        name=filled.name,
        can_mail=can_mail,
        done=done,
        error=error,
        link=link,
    )


def member_page(
    adviser: SignedInAdviser,
    catalogue: Catalogue,
    member: Account,
    why_not: str,
    now: datetime,
    done: str = "",
    error: str = "",
    link: str = "",
) -> MemberPage:
    """The page of one colleague."""
    return MemberPage(
        shell=shell(member.name, adviser),
        address=f"/desk/team/{member.id}",
        row=_row(member, catalogue, now),
        roles=_roles(member.role.value),
        regions=_regions(adviser, catalogue, member.regions),
        why_not=why_not,
        disabled=member.disabled,
        invited=not member.has_password,
        has_second_step=member.has_second_step,
        done=done,
        error=error,
        link=link,
    )


def _row(member: Account, catalogue: Catalogue, now: datetime) -> MemberRow:
    state = "Geblokkeerd" if member.disabled else "" if member.has_password or member.last_login_at else "Uitgenodigd"
    return MemberRow(
        address=f"/desk/team/{member.id}",
        name=member.name,
        email=member.email,
        role=wording.ROLES[member.role],
        regions=regions_in_words(member.regions, catalogue),
        state=state,
        second_step="aan" if member.has_second_step else "uit",
        last_login=moment_of(member.last_login_at, now) if member.last_login_at else None,
    )


def _roles(chosen: str) -> tuple[Choice, ...]:
    return choices({role.value: words for role, words in wording.ROLES.items()}, chosen)


def _regions(adviser: SignedInAdviser, catalogue: Catalogue, chosen: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(Choice(each, region_title(each, catalogue), each in chosen) for each in adviser.account.regions)
