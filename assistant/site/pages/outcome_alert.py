"""Mail when an outcome changes: asking for it, and the page on which it is confirmed or stopped."""

from dataclasses import dataclass

from assistant.leads.outcome_alert import OUTCOME_TEXT, OUTCOME_VERSION, OutcomeAlert
from assistant.site.answers import Answers
from assistant.site.pages.question import ADDRESS, GivenAnswer, given_answers, shell_of
from assistant.site.shell import Shell
from assistant.site.visit import Visit
from assistant.site.wording import date_in_words

OUTCOME_ADDRESS = f"{ADDRESS}/bericht"


@dataclass(frozen=True)
class AskedOutcome:
    """The form that asks for mail."""

    action: str
    state: str
    """The answers, as forms of the zelftest carry them along."""
    number: str = ""
    """Of a receipt that the answers are of; empty: they are the visitor's own of now."""
    problem: str = ""
    email: str = ""
    text: str = OUTCOME_TEXT
    version: str = OUTCOME_VERSION


@dataclass(frozen=True)
class AskAgainPage:
    """The form alone, with what is wrong with it."""

    shell: Shell
    asked: AskedOutcome


@dataclass(frozen=True)
class OutcomeAlertPage:
    """What somebody asked for, and where it stands."""

    shell: Shell
    action: str
    email: str
    given: tuple[GivenAnswer, ...]
    is_confirmed: bool
    ends_on: str
    text: str = OUTCOME_TEXT
    version: str = OUTCOME_VERSION


def ask_again_page(visit: Visit, asked: AskedOutcome) -> AskAgainPage:
    """The page with the form."""
    return AskAgainPage(shell_of(visit, "Mail als je uitkomst verandert"), asked)


def outcome_alert_page(visit: Visit, alert: OutcomeAlert) -> OutcomeAlertPage:
    """The page about one alert."""
    receipt = alert.receipt
    told = {name: receipt.facts.get(name) for name in (*receipt.asked, *receipt.unknown)}
    return OutcomeAlertPage(
        # The code stays out of everything but the form: the canonical address and the crumbs have none.
        shell=shell_of(visit, "Mail als je uitkomst verandert"),
        action=f"{OUTCOME_ADDRESS}/{alert.code}",
        email=alert.email,
        given=given_answers(visit.catalogue, Answers(facts=told)),
        is_confirmed=alert.confirmed_at is not None,
        ends_on=date_in_words(alert.ends_at.date()),
    )
