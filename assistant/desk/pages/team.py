"""The colleagues of one's regions, and one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assistant.accounts.account import Account
from assistant.accounts.role import Role
from assistant.desk import wording
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.account import region_title, work_in_words
from assistant.desk.pages.parts import Choice, Moment, Shell, choices, moment_of, shell
from knowledge.catalogue import Catalogue


@dataclass(frozen=True)
class MemberRow:
    """A colleague in the list."""

    address: str
    name: str
    email: str
    work: str
    """Their roles, with the regions of each."""
    state: str
    """`Uitgenodigd`, `Geblokkeerd`, or empty."""
    second_step: str
    last_login: Moment | None


@dataclass(frozen=True)
class Invitation:
    """The form to invite somebody, as it was filled in."""

    email: str = ""
    name: str = ""
    roles: Mapping[str, Role] = field(default_factory=dict)
    """By region; empty: an adviser in the first of one's own."""


@dataclass(frozen=True)
class RegionWork:
    """The roles that somebody can have in a region, of which one is chosen."""

    value: str
    label: str
    roles: tuple[Choice, ...]


@dataclass(frozen=True)
class TeamPage:
    """The colleagues, and the form to invite another."""

    shell: Shell
    rows: tuple[MemberRow, ...]
    work: tuple[RegionWork, ...]
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
    work: tuple[RegionWork, ...]
    why_not: str
    """Why this reader cannot change the account itself; empty: they can."""
    may_change: bool
    """Whether this reader may say what the colleague is in their own regions."""
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
        work=_work(adviser, catalogue, filled.roles or dict.fromkeys(adviser.account.regions[:1], Role.ADVISER)),
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
        work=_work(adviser, catalogue, member.roles),
        why_not=why_not,
        may_change=member.id != adviser.account.id,
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
        work=work_in_words(member, catalogue),
        state=state,
        second_step="aan" if member.has_second_step else "uit",
        last_login=moment_of(member.last_login_at, now) if member.last_login_at else None,
    )


def _work(adviser: SignedInAdviser, catalogue: Catalogue, roles: Mapping[str, Role]) -> tuple[RegionWork, ...]:
    words = {"": wording.NO_ROLE} | {role.value: words for role, words in wording.ROLES.items()}
    return tuple(
        RegionWork(
            region,
            region_title(region, catalogue),
            choices({f"{region}:{role}": word for role, word in words.items()}, f"{region}:{roles.get(region, '')}"),
        )
        for region in adviser.account.regions
    )
