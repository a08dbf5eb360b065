"""The pages on which a visitor says whether the loket may read what they sent earlier."""

from dataclasses import dataclass
from datetime import datetime

from assistant.leads.contact import phone_as_read
from assistant.leads.earlier import EARLIER_ADDRESS, EARLIER_TEXTS, EARLIER_VERSION
from assistant.leads.working_days import HERE
from assistant.news.wording import day_in_words
from assistant.site.shell import Shell
from assistant.site.visit import Visit
from assistant.storage.earlier import OpenedEarlier

_TITLE = "Je eerdere aanmelding"
_ABOUT = "Mag de adviseur je eerdere aanmelding erbij lezen?"


@dataclass(frozen=True)
class EarlierCodePage:
    """The form for the code."""

    shell: Shell
    action: str
    typed: str
    error: str


@dataclass(frozen=True)
class EarlierPage:
    """What would be read together, and how it stands."""

    shell: Shell
    action: str
    new: tuple[tuple[str, str], ...]
    """Label and value of what was sent now."""
    before: tuple[str, ...]
    """Day and loket of what was sent earlier."""
    text: str
    """What is agreed to."""
    version: str
    holds: bool


def code_page(visit: Visit, typed: str = "", error: str = "") -> EarlierCodePage:
    """The form, the same for everybody."""
    shell = visit.shell(visit.say(_TITLE), visit.say(_ABOUT), path=EARLIER_ADDRESS, is_indexed=False, has_english=True)
    return EarlierCodePage(shell, visit.in_language(EARLIER_ADDRESS), typed, visit.say(error))


def earlier_page(visit: Visit, opened: OpenedEarlier, code: str) -> EarlierPage:
    """The page that a code opens. The code stays out of everything but its forms."""
    say, contact = visit.say, opened.lead.contact
    shown = (
        ("Naam", contact.name),
        ("Telefoon", phone_as_read(contact.phone) if contact.phone else ""),
        ("E-mail", contact.email or ""),
        ("Wanneer", _day(visit, opened.lead.created_at)),
        ("Loket", opened.lead.loket_title),
    )
    sent = say("{day}, aan {loket}")
    return EarlierPage(
        shell=code_page(visit).shell,
        action=visit.in_language(f"{EARLIER_ADDRESS}/{code}"),
        new=tuple((say(label), value) for label, value in shown if value),
        before=tuple(sent.format(day=_day(visit, each.created_at), loket=each.loket_title) for each in opened.before),
        text=EARLIER_TEXTS[visit.locale],
        version=EARLIER_VERSION,
        holds=opened.earlier.holds,
    )


def _day(visit: Visit, at: datetime) -> str:
    return day_in_words(at.astimezone(HERE).date(), visit.locale)
