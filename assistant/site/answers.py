"""The answers of a visitor on their way through the zelftest, as each form of it carries them along."""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assistant.eligibility.profile import Profile
from assistant.zelftest.listed import read_again
from assistant.zelftest.question import JsonValue, as_json
from knowledge.catalogue import Catalogue
from knowledge.fact import Fact, FactType

_RUN = re.compile(r"[A-Za-z0-9_-]{10,60}")
_NUMBER = re.compile(r"(\d{1,4})(?:\s*(?:jaar|jaren|uur|uren))?", re.IGNORECASE)
_LONGEST = 10_000
"""Signs: all questions answered take some 1,500."""


class NoAnswer(ValueError):
    """What was sent answers nothing; the message is Dutch and says what can be."""


@dataclass(frozen=True)
class Answers:
    """
    What was answered so far, in the order of asking; None is "weet ik niet".

    The form carries it unsigned: there is no right in it that somebody could forge, only their own answers, and those are
    read by the vocabulary each time. So nothing is lost when a secret changes or another process answers.
    """

    facts: Mapping[str, JsonValue | None] = field(default_factory=dict)
    run: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    """One visitor going through the questions once; nobody can guess it."""
    code: str = ""
    """Opens the saved zelftest that these answers came from or went to."""
    settled: frozenset[str] = frozenset()
    """Pairs of facts that look at odds, of which the visitor said that they are right: `age+diploma_level`."""

    def with_answer(self, name: str, value: JsonValue | None) -> "Answers":
        """The same with one answer, new or in the place of an earlier one."""
        settled = frozenset(pair for pair in self.settled if name not in pair.split("+"))
        return replace(self, facts={**self.facts, name: value}, settled=settled)

    def without(self, name: str) -> "Answers":
        """The same as if that was never asked."""
        return replace(self, facts={each: value for each, value in self.facts.items() if each != name})

    def with_settled(self, pair: str) -> "Answers":
        """The same, with two answers that looked at odds and are right all the same: `age+diploma_level`."""
        return replace(self, settled=self.settled | {pair})

    def saved_as(self, code: str) -> "Answers":
        """The same, under the code that opens them later."""
        return replace(self, code=code)

    def with_later(self, later: "Answers | None") -> "Answers":
        """The same with what was answered after this form was made: whoever goes back loses nothing."""
        if later is None or later.run != self.run:
            return self
        more = {name: value for name, value in later.facts.items() if name not in self.facts}
        return replace(self, facts={**self.facts, **more}, code=self.code or later.code)

    def profile(self, catalogue: Catalogue) -> Profile:
        """What the rules are judged on."""
        return read_again(catalogue, self.facts)[0]

    def before(self, name: str) -> str | None:
        """The question before this one; for one that is not answered yet the last that is. None at the first."""
        names = list(self.facts)
        place = names.index(name) if name in names else len(names)
        return names[place - 1] if place else None

    def as_field(self) -> str:
        """As the hidden field of a form."""
        kept = {"f": dict(self.facts), "r": self.run, "c": self.code, "s": sorted(self.settled)}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def read_answers(text: str, catalogue: Catalogue) -> tuple[Answers, bool]:
    """
    What a form carried along.

    :returns: The answers, as far as they can be read; and whether all of it could.
    """
    try:
        kept = json.loads(text[:_LONGEST]) if text else {}
        facts, run, code, settled = kept.get("f", {}), kept.get("r"), kept.get("c", ""), kept.get("s", [])
        if not isinstance(facts, dict) or not isinstance(settled, list):
            raise ValueError
    except (ValueError, AttributeError, RecursionError):
        return Answers(), False
    profile, lost = read_again(catalogue, facts)
    told = {each.name: as_json(each.value) for each in profile.known}
    readable = {name: told.get(name) for name in facts if name in told or name in profile.unknown}
    answers = Answers(facts=readable, settled=frozenset(each for each in settled if isinstance(each, str)))
    if isinstance(run, str) and _RUN.fullmatch(run):
        answers = replace(answers, run=run)
    if isinstance(code, str) and _RUN.fullmatch(code):
        answers = replace(answers, code=code)
    return answers, not lost


def read_answer(fact: Fact, typed: list[str], catalogue: Catalogue) -> JsonValue:
    """
    An answer as a form sends it.

    :raises NoAnswer: If it is none; the message is Dutch.
    """
    given = [each.strip() for each in typed if each.strip()]
    if not given:
        what = "een getal in" if fact.type is FactType.NUMBER else "een antwoord"
        raise NoAnswer(f"{'Vul' if fact.type is FactType.NUMBER else 'Kies'} {what}, of kies “Weet ik niet”.")
    if fact.type is FactType.NUMBER:
        return _number(fact, given[0])
    if fact.type is FactType.SET:
        if any(each not in fact.values() for each in given):
            raise NoAnswer("Dat antwoord kennen we niet. Kies een van de antwoorden hieronder.")
        return [each for each in fact.values() if each in given]
    value: JsonValue = given[0]
    if fact.type is FactType.FLAG:
        value = {"true": True, "false": False}.get(given[0], given[0])
    if read_again(catalogue, {fact.name: value})[1]:
        raise NoAnswer("Dat antwoord kennen we niet. Kies een van de antwoorden hieronder.")
    return value


def _number(fact: Fact, typed: str) -> int:
    found = _NUMBER.fullmatch(typed)
    number = int(found[1]) if found else -1
    if not found or not fact.minimum <= number <= fact.maximum:
        raise NoAnswer(f"Vul een heel getal in van {fact.minimum} tot en met {fact.maximum}, of kies “Weet ik niet”.")
    return number
