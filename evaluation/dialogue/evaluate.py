"""Scores conversations: each turn by itself, and which conversations went right from start to end."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.answering.numbers import shown, unsupported
from evaluation.casebook import Casebook
from evaluation.conversation import ANY, Conversation, ConversationTurn
from evaluation.dialogue.generate import Talked, TalkTurn
from evaluation.interval import bootstrap_mean
from evaluation.result import Judged, PartResult, Score, Table, score

_KINDS = ("status", "source", "words", "facts", "question", "person", "numbers")
_WORDS_SHOWN = 160
_SEVERITY = {"numbers": 4, "facts": 3, "words": 2, "source": 2, "status": 2, "question": 2, "person": 2}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a turn. `kind` is one of the kinds that the tables count."""

    kind: str
    words: str


def evaluate(casebook: Casebook, outputs: Sequence[Talked]) -> PartResult:
    """A turn is right if everything that is expected of it is so; a conversation if all its turns are."""
    conversations = {each.id: each for each in casebook.conversations}
    faults = {output.id: faults_of(conversations[output.id], output) for output in outputs}
    turns = [not each for own in faults.values() for each in own]
    whole = [not any(own) for own in faults.values()]
    wrong = Counter(fault.kind for own in faults.values() for each in own for fault in each)
    return PartResult(
        part="dialogue",
        scores=(
            score("turns right", bootstrap_mean([float(each) for each in turns]), len(turns)),
            score("conversations right from start to end", bootstrap_mean([float(each) for each in whole]), len(whole)),
            *(
                Score(name=f"turns with a fault in {kind}", value=wrong[kind], of=len(turns), unit="count", better="lower")
                for kind in _KINDS
            ),
        ),
        judged=tuple(_judged(conversations[output.id], output, faults[output.id]) for output in outputs),
        tables=tuple(_by(what, conversations, faults) for what in ("topic", "visitor", "style")),
    )  # fmt: skip


def faults_of(conversation: Conversation, output: Talked) -> list[list[Fault]]:
    """What is wrong with each turn, in order."""
    before: TalkTurn | None = None
    found = []
    for expected, got in zip(conversation.turns, output.turns, strict=True):
        found.append([*_of_reply(expected, got, before), *_of_facts(expected, got), *_of_any_turn(got, before)])
        before = got
    return found


def _of_reply(expected: ConversationTurn, got: TalkTurn, before: TalkTurn | None) -> Iterator[Fault]:
    """What the visitor reads is not what they should."""
    status, text = str(got.reply["status"]), shown(got.reply)
    if expected.status and not status.startswith(expected.status):
        yield Fault("status", f"ended as {status}, expected {' or '.join(expected.status)}")
    cited = {citation["record_id"] for citation in got.reply["citations"]} - set(got.explained)
    # Where it may ask first, what it will say and cite is not there to be judged yet.
    asks_first = status.startswith("asked") and any(each.startswith("asked") for each in expected.status)
    if expected.cites_any and cited.isdisjoint(expected.cites_any) and not asks_first:
        yield Fault(
            "source", f"cites {', '.join(sorted(cited)) or 'nothing'}; expected {' or '.join(expected.cites_any)}"
        )
    unsaid = [each for each in expected.says if not re.search(each, text, re.IGNORECASE)]
    if unsaid and not asks_first:
        yield Fault("words", f"does not say {' and '.join(unsaid)}")
    said = [each for each in expected.never if re.search(each, text, re.IGNORECASE)]
    if said:
        yield Fault("words", f"says {' and '.join(said)}")
    asked = _asked(got.reply)
    if expected.asks and not (asked if ANY in expected.asks else set(asked) & set(expected.asks)):
        yield Fault("question", f"asks {', '.join(asked) or 'nothing'}; expected {' or '.join(expected.asks)}")
    if expected.asks_other and before is not None and set(asked) & set(_asked(before.reply)):
        yield Fault("question", f"asks {', '.join(asked)} once more")
    if expected.person and not offers_person(got.reply):
        yield Fault("person", "offers no person")


def _of_facts(expected: ConversationTurn, got: TalkTurn) -> Iterator[Fault]:
    """What is known after the turn is not what was told."""
    for name, value in expected.knows.items():
        if name not in got.known or got.known[name] != _comparable(value):
            yield Fault("facts", f"{name} is {got.known.get(name, 'not known')}, expected {value}")
    for name, value in expected.not_knows.items():
        if name in got.known and got.known[name] == _comparable(value):
            yield Fault("facts", f"{name} is {value}, which was not told of the visitor or was taken back")
    for name in expected.forgets:
        if name in got.known:
            yield Fault("facts", f"{name} is {got.known[name]}, expected nothing")


def _of_any_turn(got: TalkTurn, before: TalkTurn | None) -> Iterator[Fault]:
    """What is wrong whatever was expected: two questions at once, what is known already, a number without a source."""
    asked = _asked(got.reply)
    if len(asked) > 1:
        yield Fault("question", f"asks {len(asked)} things at once")
    if known := [each for each in asked if before is not None and each in before.known and each in got.known]:
        yield Fault("question", f"asks {', '.join(known)}, which it knows")
    if numbers := unsupported(shown(got.reply), got.evidence, got.own_words):
        yield Fault("numbers", f"numbers without a source: {', '.join(numbers)}")


def offers_person(reply: dict[str, Any]) -> bool:
    """Whether the reply leads to somebody: a form, a desk, or one who is there."""
    return bool(reply.get("handoff")) or any(block["type"] in ("lead_form", "loket") for block in reply["blocks"])


def _asked(reply: dict[str, Any]) -> list[str]:
    return [block["fact"] for block in reply["blocks"] if block["type"] == "question"]


def _comparable(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def _judged(conversation: Conversation, output: Talked, faults: list[list[Fault]]) -> Judged:
    numbered = list(enumerate(zip(conversation.turns, output.turns, faults, strict=True), start=1))
    return Judged(
        id=conversation.id,
        topic=conversation.topic,
        asked=" / ".join(f"{n}. {turn.said}" for n, (turn, _, _) in numbered),
        right=not any(faults),
        wrong=tuple(f"turn {n}: {fault.words}" for n, (_, _, own) in numbered for fault in own),
        got=" / ".join(
            f"{n}. {got.reply['status']}: {' '.join(shown(got.reply).split())[:_WORDS_SHOWN]}"
            for n, (_, got, own) in numbered
            if own
        ),
        source=conversation.source,
        severity=max((_SEVERITY[fault.kind] for own in faults for fault in own), default=0),
    )


def _by(what: str, conversations: dict[str, Conversation], faults: dict[str, list[list[Fault]]]) -> Table:
    grouped: dict[str, list[list[list[Fault]]]] = defaultdict(list)
    for id_, own in faults.items():
        grouped[getattr(conversations[id_], what)].append(own)
    return Table(
        title=f"Conversations by {what}",
        columns=(what, "conversations", "turns", "turns right", *(f"faults in {kind}" for kind in _KINDS)),
        rows=tuple(
            (
                name,
                str(len(several)),
                str(len(each := [turn for own in several for turn in own])),
                f"{100 * sum(not turn for turn in each) / len(each):.0f}%",
                *(str(sum(any(fault.kind == kind for fault in turn) for turn in each)) for kind in _KINDS),
            )
            for name, several in sorted(grouped.items())
        ),
    )
