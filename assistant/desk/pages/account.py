"""One's own account, and the ways to a new password."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.accounts.account import Account
from assistant.accounts.role import May
from assistant.desk import wording
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Moment, Shell, moment_of, shell
from assistant.storage.accounts import MAX_PASSWORD, MIN_PASSWORD
from assistant.storage.desk_sessions import DeskSession
from knowledge.catalogue import Catalogue


@dataclass(frozen=True)
class SessionRow:
    """A browser in which somebody is logged in."""

    id: str
    device: str
    seen: Moment
    began: Moment
    is_this: bool


@dataclass(frozen=True)
class AccountPage:
    """What is known of one's own account, with the forms to change it."""

    shell: Shell
    name: str
    email: str
    work: str
    """Their roles, with the regions of each."""
    has_password: bool
    has_second_step: bool
    recovery_left: int
    sessions: tuple[SessionRow, ...]
    may_have_digest: bool
    """Whether the weekly mail for editors is for this colleague."""
    wants_digest: bool
    min_password: int
    max_password: int
    done: str
    error: str


@dataclass(frozen=True)
class SecondStepPage:
    """The picture for an app on one's phone, and the form for its first code."""

    shell: Shell
    picture: str
    secret: str
    sealed: str
    has_second_step: bool
    """It replaces one, so a code of that is asked for too."""
    is_needed: bool
    """Nothing else is open before it is set."""
    error: str


@dataclass(frozen=True)
class RecoveryPage:
    """The codes for when the phone is lost, shown once."""

    shell: Shell
    codes: tuple[str, ...]


@dataclass(frozen=True)
class ForgottenPage:
    """Asking for a link."""

    shell: Shell
    token: str
    email: str
    error: str
    is_sent: bool
    can_mail: bool


@dataclass(frozen=True)
class LinkPage:
    """Choosing a password after a link in a mail."""

    shell: Shell
    heading: str
    name: str
    email: str
    code: str
    token: str
    min_password: int
    max_password: int
    error: str


def account_page(
    adviser: SignedInAdviser,
    catalogue: Catalogue,
    sessions: Sequence[DeskSession],
    recovery_left: int,
    wants_digest: bool,
    now: datetime,
    done: str = "",
    error: str = "",
) -> AccountPage:
    """The page of one's own account."""
    account = adviser.account
    return AccountPage(
        shell=shell("Jouw account", adviser),
        name=account.name,
        email=account.email,
        work=work_in_words(account, catalogue),
        has_password=account.has_password,
        has_second_step=account.has_second_step,
        recovery_left=recovery_left,
        sessions=tuple(
            SessionRow(
                each.id,
                each.device,
                moment_of(each.seen_at, now),
                moment_of(each.created_at, now),
                each.id == adviser.session_id,
            )
            for each in sessions
        ),
        may_have_digest=account.may(May.RECORDS),
        wants_digest=wants_digest,
        min_password=MIN_PASSWORD,
        max_password=MAX_PASSWORD,
        done=done,
        error=error,
    )


def regions_in_words(regions: Sequence[str], catalogue: Catalogue) -> str:
    """The names of regions."""
    return ", ".join(region_title(region, catalogue) for region in regions)


def work_in_words(account: Account, catalogue: Catalogue) -> str:
    """Somebody's roles, with the regions of each: `Adviseur: Haaglanden, HAK · Redacteur: Leiden`."""
    return wording.roles_in_words({region_title(each, catalogue): role for each, role in account.roles.items()})


def region_title(region: str, catalogue: Catalogue) -> str:
    """The name of a region; its id if the content does not know it any more."""
    record = catalogue.find(region)
    return record.title if record else region
