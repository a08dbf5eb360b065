"""The playground: an answer as the visitor gets it, and all that it came from."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.answering.reply import (
    Block,
    ComparisonBlock,
    EventsBlock,
    LeadFormBlock,
    LoketBlock,
    MoneyBlock,
    QuestionBlock,
    QuickReply,
    RouteBlock,
    TextBlock,
    VacanciesBlock,
)
from assistant.desk import wording as desk_wording
from assistant.desk.pages.parts import Choice, Moment, Shell, moment_of, web_address
from assistant.desk.pages.trace import Find, LeansOnRow, field_in_words
from assistant.editor.trying import Said, TriedTurn
from assistant.eligibility.wording import value_in_words
from knowledge.catalogue import Catalogue
from knowledge.publishing.case_files import said_in
from knowledge.publishing.cases import SavedCase

_MOST_PASSAGES, _MOST_CANDIDATES, _MOST_ROUTES, _MOST_INTENTS = 12, 6, 6, 4
_STEPS = {
    "screen": "Screenen op gevaar en persoonsgegevens",
    "embed": "Betekenis van de vraag bepalen",
    "understand": "Begrijpen",
    "consult": "Regels en stukken raadplegen",
    "search": "Zoeken in de index",
    "compose": "Antwoord schrijven",
    "verify": "Elk getal en elke naam nakijken",
}
_INTENTS = {
    "greeting": "groet", "route_advice": "advies over routes", "route_info": "over een route", "cost": "kosten",
    "subsidy": "subsidie", "salary": "salaris", "vacancy": "vacature", "loket": "loket", "event": "bijeenkomst",
    "orientation": "oriënteren", "admission": "toelating", "zelftest": "zelftest", "definition": "wat een woord betekent",
    "figure": "cijfers", "handover": "een mens spreken", "feedback": "mening over ons", "smalltalk": "praatje",
    "out_of_scope": "hoort hier niet", "crisis": "nood",
}  # fmt: skip
_ORIGINS = {"said": "gezegd", "chosen": "aangetikt", "inferred": "afgeleid"}
_MET = {True: "voldoet", False: "voldoet niet", None: "nog niet bekend"}
LOCALES = {"nl": "Nederlands", "en": "Engels"}


@dataclass(frozen=True)
class Row:
    """A name with what it says."""

    name: str
    told: str


@dataclass(frozen=True)
class Button:
    """An answer that a visitor can tap; `value` is what the form sends."""

    value: str
    label: str


@dataclass(frozen=True)
class ShownBlock:
    """One piece of a reply. `html` is sanitised where it was written."""

    heading: str = ""
    html: str = ""
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class FoundPassage:
    """A passage that searching found."""

    title: str
    section: str
    similarity: str
    coverage: str
    is_cited: bool


@dataclass(frozen=True)
class JudgedRoute:
    """A route with its rules, each with whether it is met."""

    title: str
    verdict: str
    rules: tuple[Row, ...]


@dataclass(frozen=True)
class ShownTurn:
    """One turn."""

    number: int
    said: str
    blocks: tuple[ShownBlock, ...]
    sources: tuple[tuple[int, str, str | None], ...]
    buttons: tuple[Button, ...]
    ended: str
    """How the turn ended, in its own word."""
    held_back: tuple[str, ...]
    """What in a reply had no source, so that it was not sent."""
    read: tuple[Row, ...]
    """How the message was read."""
    facts: tuple[Row, ...]
    passages: tuple[FoundPassage, ...]
    candidates: tuple[Row, ...]
    routes: tuple[JudgedRoute, ...]
    trace: tuple[LeansOnRow, ...]
    times: tuple[Row, ...]
    total: str


@dataclass(frozen=True)
class KeptRow:
    """A case that was kept."""

    id: str
    said: str
    expects: str
    author: str
    at: Moment


@dataclass(frozen=True)
class TrialPage:
    """The page on which a change is tried."""

    shell: Shell
    changes: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    locales: tuple[Choice, ...]
    what: str
    """What is tried, in words."""
    said: tuple[str, ...]
    """What was said before, as the form sends it."""
    turns: tuple[ShownTurn, ...]
    is_waiting: bool
    problems: tuple[str, ...]
    error: str
    done: str
    typed: str
    cases: tuple[KeptRow, ...]
    is_full: bool
    """No more turns."""


def shown_turn(number: int, turn: TriedTurn, catalogue: Catalogue) -> ShownTurn:
    """One turn, in words."""
    reply, leaning, trace = turn.answered.reply, turn.leaning, turn.answered.trace
    cited = {citation.record_id for citation in reply.citations}
    took = turn.answered.took
    hits = leaning.searches[0].hits if leaning.searches else ()
    choice = leaning.choices[0] if leaning.choices else None
    candidates = [Row(record.title, _percent(share)) for record, share in (choice.ranked if choice else ())]
    if choice is not None:
        candidates = [*candidates[:_MOST_CANDIDATES], Row("Geen van alle", _percent(choice.nothing))]
    return ShownTurn(
        number=number,
        said=_in_words(turn.said, catalogue),
        blocks=tuple(filter(None, map(_block, reply.blocks))),
        sources=tuple((each.n, each.title, web_address(each.url)) for each in reply.citations),
        buttons=tuple(_buttons(reply.blocks, reply.quick_replies)),
        ended=str(reply.status),
        held_back=tuple(str(each) for each in trace.get("held_back", ())),
        read=tuple(_read(turn, catalogue)),
        facts=tuple(_facts(turn, catalogue)),
        passages=tuple(
            FoundPassage(
                title=hit.passage.title,
                section=hit.passage.section,
                similarity="" if hit.similarity is None else _decimal(hit.similarity),
                coverage=_percent(hit.coverage),
                is_cited=(hit.passage.record_id or hit.passage.source_id) in cited,
            )
            for hit in list(hits)[:_MOST_PASSAGES]
        ),
        candidates=tuple(candidates),
        routes=tuple(_routes(turn)),
        trace=_trace(trace.get("claims", ())),
        times=tuple(Row(_STEPS.get(name, name), _milliseconds(value)) for name, value in took.items()),
        total=_milliseconds(sum(took.values())),
    )


def _in_words(said: Said, catalogue: Catalogue) -> str:
    if said.choice is None:
        return said.text
    name, value = said.choice
    fact = catalogue.facts.get(name)
    if fact is None or value is None:
        return "Weet ik niet" if value is None else str(value)
    try:
        return f"{fact.label.nl}: {value_in_words(fact, fact.parse(value), 'nl', catalogue.subjects)}"
    except ValueError:
        return str(value)


def _read(turn: TriedTurn, catalogue: Catalogue) -> Iterator[Row]:
    understanding = turn.answered.reply.understanding
    yield Row("Taal", LOCALES[understanding.language])
    if not turn.leaning.understood:
        yield Row("Soort vraag", _INTENTS.get(understanding.intent, understanding.intent))
        return
    for understood in turn.leaning.understood:
        ranked = sorted(understood.intents.items(), key=lambda pair: -pair[1])[:_MOST_INTENTS]
        likely = ", ".join(f"{_INTENTS.get(intent, intent)} {_percent(share)}" for intent, share in ranked)
        yield Row("Soort vraag", likely or _INTENTS.get(understood.intent, understood.intent))
        yield Row("Zekerheid", _percent(understood.confidence))
        named = [record.title for each in understood.records[:5] if (record := catalogue.find(each)) is not None]
        if named:
            yield Row("Genoemd", ", ".join(named))
        if understood.meant:
            nearest = understood.meant[0]
            yield Row("Lijkt het meest op", f"‘{nearest.sentence}’ ({_percent(nearest.likeness)})")
        if understood.is_follow_up:
            yield Row("Gaat door op", "de vraag hiervoor")


def _facts(turn: TriedTurn, catalogue: Catalogue) -> Iterator[Row]:
    for known in turn.answered.state.profile.known:
        fact = catalogue.facts[known.name]
        value = value_in_words(fact, known.value, "nl", catalogue.subjects)
        words = f", uit ‘{known.words}’" if known.words else ""
        yield Row(fact.label.nl, f"{value} ({_ORIGINS[known.origin]}{words})")


def _routes(turn: TriedTurn) -> Iterator[JudgedRoute]:
    """The routes that the reply tells of, else none: with every rule and whether it is met."""
    told = {block.route for block in turn.answered.reply.blocks if isinstance(block, RouteBlock)}
    told |= {citation.record_id for citation in turn.answered.reply.citations}
    verdicts = turn.leaning.verdicts[-1] if turn.leaning.verdicts else ()
    for verdict in [each for each in verdicts if each.route.id in told][:_MOST_ROUTES]:
        yield JudgedRoute(
            verdict.route.title,
            desk_wording.VERDICTS[verdict.verdict],
            tuple(Row(judged.rule.statement, _MET[judged.met]) for judged in verdict.rules),
        )


def _trace(claims: Sequence[Mapping[str, object]]) -> tuple[LeansOnRow, ...]:
    found: dict[str, list[Find]] = {}
    for each in claims:
        source = f"Bron {each['n']}" if each["n"] else ""
        find = Find(source, field_in_words(str(each["field"])), str(each["of"]))
        rows = found.setdefault(str(each["says"]), [])
        if find not in rows:
            rows.append(find)
    return tuple(LeansOnRow(says, tuple(finds)) for says, finds in found.items())


def _buttons(blocks: Sequence[Block], quick: Sequence[QuickReply]) -> Iterator[Button]:
    for block in blocks:
        if isinstance(block, QuestionBlock):
            for option in block.options:
                yield Button("k:" + json.dumps([block.fact, option.value], ensure_ascii=False), option.label)
    for each in quick:
        if each.choice is not None:
            yield Button("k:" + json.dumps([each.choice.fact, each.choice.value], ensure_ascii=False), each.label)
        elif each.text is not None:
            yield Button(f"t:{each.text}", each.label)


def _block(block: Block) -> ShownBlock | None:
    match block:
        case TextBlock():
            return ShownBlock(html=block.html)
        case RouteBlock():
            verdict = desk_wording.VERDICTS[block.verdict]
            reasons = [f"{_MET[each.met].capitalize()}: {each.text}" for each in block.reasons]
            lines = [block.summary, *reasons, *(each.text for each in block.would_change), block.next_step]
            return ShownBlock(f"{block.title}: {verdict.lower()}", lines=tuple(filter(None, lines)))
        case ComparisonBlock():
            return ShownBlock(columns=block.columns, rows=block.rows)
        case MoneyBlock():
            rows = tuple((each.label, f"{each.amount} {each.period}".strip(), each.year) for each in block.lines)
            total = (("Samen", block.total, ""),) if block.total else ()
            note = (block.note,) if block.note else ()
            return ShownBlock(block.title, lines=note, columns=("Wat", "Bedrag", "Jaar"), rows=(*rows, *total))
        case VacanciesBlock():
            rows = tuple((each.title, each.employer, each.place) for each in block.items)
            return ShownBlock("Vacatures", columns=("Functie", "Werkgever", "Plaats"), rows=rows)
        case LoketBlock():
            card = block.loket
            told = (card.summary, card.reason, card.phone or "", card.email or "", *card.hours)
            return ShownBlock(card.title, lines=tuple(filter(None, told)))
        case EventsBlock():
            rows = tuple((each.title, each.when, each.place) for each in block.items)
            return ShownBlock("Om naartoe te gaan", columns=("Wat", "Wanneer", "Waar"), rows=rows)
        case QuestionBlock():
            return ShownBlock(block.text, lines=(block.why,) if block.why else ())
        case LeadFormBlock():
            return ShownBlock("Hier staat het contactformulier")
    return None


def kept_rows(cases: Sequence[SavedCase], now: datetime) -> tuple[KeptRow, ...]:
    """The cases that were kept, the newest first."""
    return tuple(
        KeptRow(
            id=each.id,
            said=" / ".join(said_in(each.data)),
            expects=_expected(each.data.get("expect") or {}),
            author=each.author,
            at=moment_of(each.at, now),
        )
        for each in sorted(cases, key=lambda each: each.at, reverse=True)
    )


def _expected(expect: Mapping[str, object]) -> str:
    cites, status = expect.get("cites_any") or (), expect.get("status") or ()
    listed = [cites] if isinstance(cites, str) else list(cites) if isinstance(cites, list | tuple) else []
    if listed:
        return f"noemt {' of '.join(map(str, listed))}"
    ends = [status] if isinstance(status, str) else list(status) if isinstance(status, list | tuple) else []
    return f"loopt af als {' of '.join(map(str, ends))}" if ends else "is er antwoord op"


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"


def _decimal(number: float) -> str:
    return f"{number:.3f}".replace(".", ",")


def _milliseconds(value: float) -> str:
    return f"{value:.1f} ms".replace(".", ",")
