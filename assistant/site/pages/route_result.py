"""One route for one visitor, as the outcome and the overview show it."""

from dataclasses import dataclass

from assistant.eligibility.change import Change
from assistant.eligibility.engine import RuleVerdict
from assistant.eligibility.stretch import stretches
from assistant.eligibility.verdict import Eligibility, RouteVerdict, Verdict
from assistant.money.picture import MoneyPicture
from assistant.money.shown import ShownPicture, shown
from assistant.money.telling import money_summary, told
from assistant.site.pages.parts import Chip, SourceRow, Tone, source_rows
from assistant.site.pages.time_shown import TimeShown, time_shown
from assistant.site.visit import Visit
from assistant.zelftest.outcome import newest, reason_text, to_find_out
from knowledge.catalogue import Catalogue
from knowledge.money import Cost, Money
from knowledge.route import Step

_VERDICTS: dict[Verdict, tuple[str, Tone]] = {
    "fits": ("Past bij jou", "good"),
    "possible": ("Past misschien", "sun"),
    "ask_adviser": ("Vraag een adviseur", "doubt"),
    "does_not_fit": ("Past nu niet", ""),
}
_STATES = {True: ("met", "In orde"), False: ("unmet", "Dit ontbreekt"), None: ("open", "Nog uit te zoeken")}


@dataclass(frozen=True)
class ReasonRow:
    """One rule for this visitor. `state`: `met`, `unmet` or `open`; `word` says it."""

    state: str
    word: str
    text: str
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True)
class ChangeRow:
    """One thing that would have to be otherwise, in words."""

    text: str
    details: tuple[str, ...] = ()
    """How long it takes and what it costs, each in a sentence."""


@dataclass(frozen=True)
class RouteResult:
    """One route for this visitor, whole."""

    id: str
    title: str
    address: str
    summary: str
    verdict: Chip
    duration: str
    time: TimeShown
    """When what happens: what has to change first, and the route itself."""
    facts: tuple[tuple[str, str], ...]
    reasons: tuple[ReasonRow, ...]
    to_find_out: tuple[str, ...]
    """What is still open: questions to the visitor, and what a person has to look at."""
    changes: tuple[ChangeRow, ...]
    steps: tuple[Step, ...]
    first_step: str
    money_in_short: tuple[str, ...]
    """What the visitor pays, gets and earns, a sentence each."""
    money: ShownPicture


def route_result(visit: Visit, eligibility: Eligibility, judged: RouteVerdict, picture: MoneyPicture) -> RouteResult:
    """The route with its reasons, its steps and its money."""
    route, catalogue = judged.route, eligibility.catalogue
    label, tone = _VERDICTS[judged.verdict]
    pairs = (
        ("Tijd per week", route.hours_per_week),
        ("Inkomen", route.income),
        ("Daarna ben je", route.qualification),
    )
    return RouteResult(
        id=route.id,
        title=route.title,
        address=visit.shell("", "").to(route),
        summary=route.summary,
        verdict=Chip(label, tone),
        duration=route.duration.in_words() if route.duration else "",
        time=time_shown(stretches(route, judged.changes)),
        facts=tuple((term, words) for term, words in pairs if words),
        reasons=tuple(_reason(catalogue, each) for each in _told(judged)),
        to_find_out=tuple(each.text for each in to_find_out(catalogue.facts, judged, "nl")),
        changes=tuple(_change(catalogue, each) for each in judged.changes),
        steps=route.steps,
        first_step=route.next_step,
        money_in_short=money_summary(picture, "nl"),
        money=shown(told(picture, catalogue)),
    )


def _change(catalogue: Catalogue, change: Change) -> ChangeRow:
    """What would have to be otherwise, how, how long it takes and what it costs; what no source tells is said plainly."""
    move = change.move
    if move is None:
        return ChangeRow(change.text, ("Hoe lang dit duurt en wat het kost, weten we niet. Vraag het je loket.",))
    takes_time = change.duration is not None and change.duration.at_most > 0
    costs = [f"{each.title}: {_newest_amounts(each)}" for each in catalogue.linked(move.costs, Cost) if each.amounts]
    told = (
        move.how.nl,
        f"Duurt {change.duration.in_words()}." if change.duration is not None and takes_time else "",
        f"Kosten: {'; '.join(costs)}." if costs else "Dit kost niets." if move.is_free and takes_time else "",
        move.unknown.nl if move.unknown else "",
    )
    return ChangeRow(change.text, tuple(each for each in told if each))


def _newest_amounts(money: Money) -> str:
    return ", ".join(amount.in_words() for amount in newest(money.amounts))


def _told(judged: RouteVerdict) -> list[RuleVerdict]:
    """The rules to show: what is missing first, then what is open, then what is in order; of preferences those that hold."""
    rules = [each for each in judged.rules if each.rule.kind != "preference" or each.met]
    if judged.verdict == "does_not_fit":
        rules = [each for each in rules if each.rule.kind != "preference"]
    order = {False: 0, None: 1, True: 2}
    return sorted(rules, key=lambda each: order[each.met])


def _reason(catalogue: Catalogue, judged: RuleVerdict) -> ReasonRow:
    is_drawback = judged.rule.kind == "preference" and judged.rule.weight < 0
    state, word = ("unmet", "Let op") if is_drawback else _STATES[judged.met]
    return ReasonRow(state, word, reason_text(judged), source_rows(catalogue, judged.rule.sources[:1]))
