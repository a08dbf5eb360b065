"""From a message and the state of the conversation to a typed question."""

import re
from collections.abc import Mapping, Sequence

from assistant.answering.state import ConversationState
from assistant.answering.turn import Asked, Asking, Understood
from assistant.answering.understand.cues import (
    AFTER_MARKS,
    FINISHED,
    goes_on_with_a_thing,
    is_question,
    says_i,
    supposes_a_thing,
    tells_about_self,
)
from assistant.answering.understand.facts import FactFinder, matching_subject
from assistant.answering.understand.given import answer_to, is_unknown
from assistant.answering.understand.intents import Guess, Guesses, Part, Vector
from assistant.answering.understand.language import language_of
from assistant.answering.understand.names import Mention, NameIndex
from assistant.answering.understand.numbers import number_of
from assistant.answering.understand.recollection import Recollection, denied_of, may_recollect, recollection
from assistant.answering.understand.text import Text, fold
from assistant.eligibility.profile import KnownFact
from knowledge.catalogue import Catalogue
from knowledge.fact import FactType
from knowledge.record import Kind

_SHORT = 9
_GOES_ON = re.compile(r"^(?:en|maar|and|ook|dan|but|or|of)\b")
_POINTS_BACK = re.compile(r"\b(?:dat|die|daar|daarvan|daarvoor|ervan|ervoor|deze|hiervoor|hij|it|that|this|those)\b")
_CORRECTION = re.compile(
    r"^(?:nee|neen|no|sorry|fout|o nee|oh nee|niet waar)\b.{0,20}\b(?:bedoel\w*|mean\w*|moet zijn|is het)\b|\bik bedoel\w*\b|\bi mean\w*\b"
    r"|^(?:nee|no|sorry)[ ,]+\w+"
)
_MEANT = re.compile(r"\b(?:bedoel|mean)\w*")
_CORRECTS_IN = 4
"""Words, of a correction that is no more than the number."""
_SCHOOLS = ("school", "academie", "conservatorium", "universiteit", "opleiding", "pabo")
"""What the words for a school end with."""
_BARE_ANSWER = 3
"""Words, of an answer that is no more than an answer."""
_ASPECTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("duration", r"\bhoe ?lang\b|\bduur\b|\bduurt\b|\bhow long\b|\bhoeveel (?:jaar|maanden)\b"),
        ("hours", r"\bper week\b|\bhoeveel uur\b|\bhoeveel tijd\b|\bhow many hours\b|\btijd kost\b|\bhoe zwaar\b|\bweek eruit\b|\bweek er uit\b"),
        ("form", r"\bdeeltijd\b|\bvoltijd\b|\bduaal\b|\bpart ?time\b|\bflexibel\b|\bparttime\b|\bthuis studeren\b|\bonline\b|\bafstand\b"),
        ("steps", r"\bstappen\b|\bhoe begin ik\b|\bwaar begin ik\b|\bhoe pak ik\b|\bsteps\b|\baanmelden\b|\bhoe meld\b"),
        ("where", r"\bwaar kan ik\b|\bwelke (?:hogeschool|school|pabo|universiteit|hogescholen|pabos)\b|\bwhere can i\b|\bwaar .{0,20}volgen\b"),
        ("start", r"\bwanneer (?:start|begin)\w*|\bstartmoment\w*|\bwhen does it start\b|\binstroommoment\w*"),
        ("income", r"\bverdien\w*|\bsalaris\b|\binkomen\b|\bbetaald\b"),
        ("qualification", r"\bwaar mag ik\b|\bwat mag ik\b|\bbevoegd(?:heid)?\b.{0,20}\bkrijg\b|\bwelke bevoegdheid\b"),
    )
)  # fmt: skip
_KIND_HINTS: dict[Kind, tuple[str, float]] = {
    Kind.SUBSIDY: ("subsidy", 1.2),
    Kind.COST: ("cost", 1.2),
    Kind.SALARY: ("salary", 1.2),
    Kind.TERM: ("definition", 0.5),
    Kind.ROUTE: ("route_info", 0.5),
    Kind.LOKET: ("loket", 1.0),
    Kind.ORIENTATION: ("orientation", 1.2),
    Kind.REGION: ("definition", 0.5),
    Kind.INSTITUTION: ("definition", 0.3),
}


class Understander:
    """Understands one message; no model but the embedder's vector, which the caller brings."""

    def __init__(self, catalogue: Catalogue, names: NameIndex, intents: Guesses) -> None:
        self._catalogue = catalogue
        self._names = names
        self._facts = FactFinder(catalogue)
        self._intents = intents

    def recollects(self, asked: Asked, message: str) -> Recollection | None:
        """What a message wants of what we know of the visitor; None if it is about something else."""
        text = Text(message)
        if not may_recollect(text):
            return None
        state = asked.state
        return recollection(text, self._names.find(text), state.profile, state.told, self._catalogue)

    def understand(self, asked: Asked, message: str, vector: Vector | None, asking: Part | None = None) -> Understood:
        """
        The typed question behind a message.

        :param message: What was typed, screened.
        :param vector: Its vector; None before the embedder is ready.
        :param asking: The part of it that asks, where it also tells something.
        """
        text, state = Text(message), asked.state
        locale = language_of(text, state.locale)
        mentions = self._names.find(text)
        read = self._facts.read(text, mentions, asked.today, state.profile.facts())
        found = dict(read.own)
        if state.asked == "diploma_level" and len(text.words) <= _BARE_ANSWER:
            found.pop("sector", None)  # "vmbo" is then a diploma, and no school to work at
        given = self._given(state, text, found)
        if given is not None:
            found[given.name] = given
        if not found and (corrected := self._corrected_number(state, text)) is not None:
            found[corrected.name] = given = corrected
        self._drop_guessed_subject(found, state)
        match = matching_subject(self._catalogue, {fact.name: fact for fact in state.profile.known} | found)
        if match is not None and state.profile.get("diploma_matches_subject") is None:
            found.setdefault(match.name, match)
        records = self._records(mentions)
        somebody_else = read.speaks_of_others and not found
        correction = bool(_CORRECTION.search(fold(message))) and (bool(found) or bool(records))
        goes_on = len(text.words) <= _SHORT and bool(_GOES_ON.search(text.folded)) and not says_i(text)
        told = (tells_about_self(text) or given is not None or correction) and not somebody_else
        asks_on = state.mode == "chat" or "?" in message
        if goes_on and given is None and not correction and asks_on:
            told = False  # "en in het mbo?" asks on; it does not say where somebody wants to work
        elsewhere = next(
            (
                each.target.id
                for each in mentions
                if each.target.group == "elsewhere" and not _studied_there(text, each)
            ),
            None,
        )
        if "municipality" in found and any(m.target.group == "place" and m.likeness == 1 for m in mentions):
            elsewhere = None
        guess = self._intents.guess(text, vector, self._hints(mentions, records, found, told, state, text), asking)
        things = [each for each in records if not self._is_term(each)]
        follow_up = self._leans_on_before(text, things) and not correction
        scope = read.supposed if told else read.others | read.supposed | found
        if somebody_else:
            # What was told before of the same person still holds.
            scope = {fact.name: fact for fact in state.other} | dict(scope)
        return Understood(
            text=message,
            locale=locale,
            intent=guess.intent,
            confidence=guess.confidence,
            facts=tuple(found.values()) if told else (),
            scope=scope,
            records=records,
            elsewhere=elsewhere,
            is_follow_up=bool(state.topic.intent) and (follow_up or self._is_bare(text, guess, records, found)),
            points_back=follow_up,
            profession=read.profession,
            is_correction=correction,
            is_ellipsis=self._is_ellipsis(text, things) and not {"municipality"} & scope.keys() and elsewhere is None,
            about_somebody_else=somebody_else,
            denied=() if is_question(text) else denied_of(read.denied, state.profile, self._catalogue),
            skipped=state.asked is not None and is_unknown(message),
            aspect=_aspect(text),
            meant=guess.meant,
            near=guess.near,
            likeness=guess.likeness,
            intents=dict(guess.ranking),
            asking=_asking(asking, guess.asking),
        )

    @staticmethod
    def _is_ellipsis(text: Text, things: Sequence[str]) -> bool:
        return goes_on_with_a_thing(text) or (bool(things) and supposes_a_thing(text))

    @staticmethod
    def _drop_guessed_subject(found: dict[str, KnownFact], state: ConversationState) -> None:
        """A subject that was only read from a diploma says nothing to somebody who wants the basisschool."""
        guessed = found.get("subject")
        sector = found.get("sector") or state.profile.get("sector")
        wanted = sector.value if sector is not None and isinstance(sector.value, frozenset) else frozenset()
        if guessed is not None and guessed.origin == "inferred" and not wanted & {"vo", "mbo"}:
            del found["subject"]

    def route_in(self, title: str) -> str | None:
        """The route that a title names: `Wie betaalt wat bij zij-instroom`."""
        found = (self._catalogue.find(each) for each in self._records(self._names.find(Text(title))))
        return next((each.id for each in found if each is not None and each.kind is Kind.ROUTE), None)

    def place(self, typed: str) -> str | None:
        """The id of the municipality of ours that somebody typed, misspelt too."""
        places = (each for each in self._names.find(Text(typed)) if each.target.group == "place")
        return next((each.target.id for each in places), None)

    def _given(self, state: ConversationState, text: Text, found: Mapping[str, KnownFact]) -> KnownFact | None:
        """An answer to the question that is still open, unless the message already names a value for it."""
        fact = self._catalogue.facts.get(state.asked or "")
        if fact is None or str(fact.name) in found or is_unknown(text.raw) or _MEANT.search(text.folded):
            return None
        if fact.type is FactType.NUMBER and any(type(each.value) is int for each in found.values()):
            return None  # "24 uur per week" is no age
        return answer_to(fact, text)

    def _corrected_number(self, state: ConversationState, text: Text) -> KnownFact | None:
        """The number that was told last, told otherwise: `nee, 39`."""
        if not text.words or text.words[0] not in AFTER_MARKS or len(text.words) > _CORRECTS_IN:
            return None
        numbers = [number for word in text.words if (number := number_of(word)) is not None]
        last = [
            fact for name in state.told if (fact := self._catalogue.facts.get(name)) and fact.type is FactType.NUMBER
        ]
        if len(numbers) != 1 or len(last) != 1 or not last[0].minimum <= numbers[0] <= last[0].maximum:
            return None
        return KnownFact(name=str(last[0].name), value=numbers[0], origin="said", words=text.raw[:300])

    def _records(self, mentions: Sequence[Mention]) -> tuple[str, ...]:
        """Records called by name: the longest and likeliest names first, then the kind that says most."""
        ranked = sorted(
            (mention for mention in mentions if mention.target.group == "record"),
            key=lambda each: (-each.length * each.likeness, -len(each.words)),
        )
        ids = dict.fromkeys(mention.target.id for mention in ranked)
        return tuple(ids)

    def _hints(
        self,
        mentions: Sequence[Mention],
        records: Sequence[str],
        found: Mapping[str, KnownFact],
        told: bool,
        state: ConversationState,
        text: Text,
    ) -> dict[str, float]:
        hints: dict[str, float] = {}
        for record_id in records[:3]:
            record = self._catalogue.find(record_id)
            if record is not None and record.kind in _KIND_HINTS:
                intent, weight = _KIND_HINTS[record.kind]
                hints[intent] = max(hints.get(intent, 0.0), weight)
        places = any(mention.target.group in ("place", "elsewhere") for mention in mentions)
        if places and len(text.words) <= 6 and len(found) <= 1:
            hints["loket"] = hints.get("loket", 0.0) + 1.2
        personal = set(found) & {
            "diploma_level",
            "diploma_field",
            "age",
            "teaching_qualification",
            "works_in_education",
            "work_experience_years",
            "role",
            "sector",
        }
        if told and not is_question(text) and personal:
            hints["route_advice"] = 0.7 * len(personal)
        if state.mode == "zelftest":
            hints["zelftest"] = hints.get("zelftest", 0.0) + 0.3
        return hints

    def _is_term(self, record_id: str) -> bool:
        """Whether it is only a word of the field, such as `mbo`: naming that is not yet a subject of one's own."""
        record = self._catalogue.find(record_id)
        return record is not None and record.kind is Kind.TERM

    @staticmethod
    def _leans_on_before(text: Text, records: Sequence[str]) -> bool:
        """A short message with `dat`, `daar` or `en ...`; who names a thing of their own only with `en ...`."""
        if len(text.words) > _SHORT:
            return False
        return bool(_GOES_ON.search(text.folded)) or (not records and bool(_POINTS_BACK.search(text.folded)))

    @staticmethod
    def _is_bare(text: Text, guess: Guess, records: Sequence[str], found: Mapping[str, KnownFact]) -> bool:
        """A question without a subject of its own: `hoe lang duurt het`, `en de kosten?`."""
        asks_on = guess.intent in ("cost", "subsidy", "salary", "route_info", "admission")
        return asks_on and not records and not found and len(text.words) <= 6


def _asking(part: Part | None, guess: Guess | None) -> Asking | None:
    return Asking(part.text, guess.near, dict(guess.ranking)) if part is not None and guess is not None else None


def _aspect(text: Text) -> str:
    plain = " ".join(text.words)
    return next((name for name, pattern in _ASPECTS if pattern.search(plain)), "")


def _studied_there(text: Text, place: Mention) -> bool:
    """Whether a place only says which school somebody did: `toneelschool Maastricht gedaan`."""
    before, after = text.words[max(0, place.start - 2) : place.start], text.words[place.end : place.end + 2]
    return any(word.endswith(_SCHOOLS) for word in before) and bool(set(after) & FINISHED)
