"""OutcomeAlert: somebody who asked to be mailed when the outcome of their zelftest changes, until they say stop."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from assistant.eligibility.verdict import Eligibility, Verdict
from assistant.eligibility.version import ENGINE
from assistant.leads.mail_text import mail_text
from assistant.leads.outbox import NewMail
from assistant.zelftest.outcome_change import MoneyChange, OutcomeChange
from assistant.zelftest.receipt import Receipt
from knowledge.catalogue import Catalogue
from knowledge.programme import MONTHS
from knowledge.record import Frozen, Kind

OUTCOME_TEXT = "Mail mij als mijn uitkomst verandert. Bewaar daarvoor mijn e-mailadres en mijn antwoorden. Ik kan dit altijd stoppen."
"""What somebody agrees to. A change of it is another version."""
OUTCOME_VERSION = "2026-11-a"
UNCONFIRMED_FOR = timedelta(days=3)
"""Who does not answer the first mail within this time is forgotten."""
RUNS_FOR = timedelta(days=365)
"""Then it ends by itself: a school year with its new amounts has passed, and answers of a year ago say little."""
AT_MOST_EVERY = timedelta(days=7)
_ROUTES, _AMOUNTS, _LINES = 6, 6, 4
_VERDICTS: dict[Verdict | None, str] = {
    "fits": "deze route past bij je antwoorden",
    "possible": "deze route past misschien",
    "ask_adviser": "vraag het een adviseur",
    "does_not_fit": "deze route past nu niet",
    None: "deze route is er niet",
}
_RULES = {
    "new": "Er is een nieuwe regel",
    "gone": "Deze regel geldt niet meer",
    "changed": "Deze regel is veranderd",
    "judged_otherwise": "Deze regel valt voor jou nu anders uit",
}


class OutcomeAlert(Frozen):
    """Whom to mail, and the outcome that they know of."""

    id: str
    code: str
    """Opens the page on which it is confirmed or stopped; it stands in every mail."""
    email: str
    receipt: Receipt
    """The advice that they were given, or were mailed about last."""
    looked: str = ""
    """What decided the outcome when it was last looked at: see `deciding`."""
    created_at: datetime
    confirmed_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """When it ends by itself, or is forgotten without an answer."""
        return (self.confirmed_at or self.created_at) + (RUNS_FOR if self.confirmed_at else UNCONFIRMED_FOR)


_DECIDING = ("rules", "facts", "finance_items", "finances", "tuition_rules", "combinations", "moves", "municipalities")
_KINDS = frozenset({Kind.ROUTE, Kind.COST, Kind.SUBSIDY, Kind.SALARY})


def deciding(eligibility: Eligibility) -> str:
    """
    What outcomes follow from, in a short text: the same as long as no outcome can have changed.

    The day is in it, since a rule may begin or end without anybody publishing anything. Vacancies and events are not.
    """
    content, digest = eligibility.catalogue.content, sha256(ENGINE.encode())
    for group in _DECIDING:
        for item in getattr(content, group):
            digest.update(item.model_dump_json().encode())
    for record in content.records:
        if record.kind in _KINDS:
            digest.update(record.model_dump_json().encode())
    return f"{eligibility.on.isoformat()} {digest.hexdigest()[:16]}"


def confirming_mail(alert: OutcomeAlert, public_url: str) -> NewMail:
    """The first mail: nothing follows until the link in it is used, so that nobody signs up somebody else."""
    body = mail_text(
        "outcome_confirm.txt",
        day=_day(alert.receipt.day),
        text=OUTCOME_TEXT,
        version=OUTCOME_VERSION,
        address=_address(alert, public_url),
    )
    subject = "Wil je mail als je uitkomst verandert? Bevestig het"
    return NewMail(id=str(uuid.uuid4()), to=alert.email, subject=subject, body=body, region=alert.receipt.region or "")


def change_mail(
    alert: OutcomeAlert, changes: Sequence[OutcomeChange], number: str, catalogue: Catalogue, public_url: str
) -> NewMail:
    """
    The mail about what changed: what, why, who says so, and the way to see it.

    :param number: Of the receipt of the outcome as it is now.
    """
    site = public_url.rstrip("/")
    verdicts = [each for each in changes if each.is_another_verdict]
    money = _by_amount(changes)
    body = mail_text(
        "outcome.txt",
        day=_day(alert.receipt.day),
        routes=[_route(each, catalogue) for each in verdicts[:_ROUTES]],
        money=[_amount(each, titles, catalogue) for each, titles in money[:_AMOUNTS]],
        more=len(verdicts) > _ROUTES or len(money) > _AMOUNTS,
        overview=f"{site}/zelftest/overzicht/{number}",
        again=f"{site}/zelftest",
        news=f"{site}/veranderd",
        address=_address(alert, public_url),
    )
    return NewMail(
        id=str(uuid.uuid4()),
        to=alert.email,
        subject="Je uitkomst van de zelftest is veranderd",
        body=body,
        region=alert.receipt.region or "",
    )


def _route(change: OutcomeChange, catalogue: Catalogue) -> dict[str, object]:
    rules = {rule.id: rule for rule in catalogue.rules}
    because = change.because[:_LINES]
    return {
        "title": change.title,
        "was": _VERDICTS[change.then],
        "now": _VERDICTS[change.now],
        "lines": [f"{_RULES[each.what]}: {each.statement}" for each in because],
        "sources": _named((rules[each.rule].sources[0] for each in because if each.rule in rules), catalogue),
    }


def _by_amount(changes: Sequence[OutcomeChange]) -> list[tuple[MoneyChange, list[str]]]:
    """Each amount that changed once, with the titles of the routes that it goes with."""
    found: dict[MoneyChange, list[str]] = {}
    for change in changes:
        for each in change.money:
            found.setdefault(each, []).append(change.title)
    return [*found.items()]


def _amount(change: MoneyChange, titles: Sequence[str], catalogue: Catalogue) -> dict[str, object]:
    return {
        "what": change.what,
        "was": change.was or "dit was er niet",
        "now": change.now or "dit is er niet meer",
        "routes": titles[:_ROUTES],
        "sources": _named(change.sources[:1], catalogue),
    }


def _named(ids: Iterable[str], catalogue: Catalogue) -> list[str]:
    """Who says so, with the day, month or year that it speaks of."""
    found = (catalogue.sources.get(each) for each in dict.fromkeys(ids))
    return [f"{each.title} ({each.publisher}, {each.as_of})" for each in found if each is not None]


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _address(alert: OutcomeAlert, public_url: str) -> str:
    return f"{public_url.rstrip('/')}/zelftest/bericht/{alert.code}"
