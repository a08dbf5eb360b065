"""What a message tells about the visitor: facts with the words they came from."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.answering.understand.abroad import PAPERS, countries, from_schools_abroad, studied_abroad, taught_abroad
from assistant.answering.understand.amounts import AmountReader
from assistant.answering.understand.cues import FINISHED, I_DO, MODALS, NEGATORS, WANTS_TO, is_trade, speaks_of_having
from assistant.answering.understand.names import Mention
from assistant.answering.understand.postcode import living_at
from assistant.answering.understand.stance import Stance
from assistant.answering.understand.text import Text
from assistant.eligibility.profile import KnownFact
from knowledge.catalogue import Catalogue
from knowledge.fact import FactType, FactValue

_CARE_CARD = "previous_degree_in_education_or_care"
_SECTOR_OR_DIPLOMA = frozenset({"mbo", "vmbo", "mavo", "havo", "vwo"})
"""Words that name a school to work at as well as a diploma."""
_ORDINARY_WORDS_TOO = frozenset({"assen", "halfweg", "heenweg", "kampen", "leiden", "monster", "morgenstond", "zetten"})
"""Places whose names, in small letters, are something else more often."""
_BEFORE_A_PLACE = frozenset(
    {"in", "te", "uit", "naar", "van", "bij", "rond", "omgeving", "regio", "gemeente", "loket", "voor"}
)
_LANGUAGE = re.compile(
    r"\b(?:nederlands|dutch|taal|taalniveau|niveau)\b[^.;,]{0,25}\b([abc][12])\b|\b([abc][12])\b[^.;,]{0,20}\b(?:nederlands|dutch)\b"
)
_TEACHES = frozenset({"geven", "geef", "doceren", "onderwijzen", "teach", "teaching", "docent", "leraar", "lerares"})
_COMMITTED_DENIED = re.compile(r"\b(?:nog )?geen (?:school|werkgever)\b")


_IS_OR_WAS = frozenset({"ben", "was", "als", "am", "im", "as", "werk", "werkte", "work", "worked", "geweest", "been"})
_OF_OTHERS = frozenset({"verdient", "earns", "doet"})
_SCHOOLS = frozenset({"school", "basisschool", "directeur", "schooldirecteur", "roc"})
_WANTS = frozenset({"wil", "willen", "wilt", "wants", "want"})
_ME = frozenset({"me", "mij", "mn"})
_WHICH = frozenset({"welke", "welk", "which"})
_OF_A_LANGUAGE = frozenset({"mijn", "mn", "my", "spreek", "speak", "leer", "learning", "leren", "goed", "vloeiend"})
_LANGUAGES = frozenset({"nederlands", "engels", "duits", "frans", "spaans", "moderne-vreemde-talen-overig"})
_AT_A_UNIVERSITY = frozenset({
    "universiteit", "university", "hogeschool", "tu", "gestudeerd", "studeerde", "afgestudeerd", "studied", "graduated",
})  # fmt: skip
_LIVING = frozenset({"woon", "wonen", "woonachtig", "woont", "woonplaats", "live", "living"})
_DENIED_TELLS = frozenset({"teaching_qualification", "employer_commitment", "statushouder", "needs_income"})
"""Facts of which a denial tells a value too: `geen statushouder`."""
_STUDIED = frozenset({"diploma_level", "diploma_field", "teaching_qualification"})
_WISHES = frozenset({"sector", "role", "subject", "start", "goal", "needs_income"})
"""What somebody wants is true in a supposition too: `als ik juf wil worden`."""
_FIRST_COUNTS = frozenset({"age", "work_experience_years", "hours_per_week"})
_Placed = tuple[int, KnownFact]
"""A fact and the token that it starts at."""


@dataclass(frozen=True)
class Told:
    """What a message tells, by name of the fact: about the visitor, in a supposition, and about somebody else."""

    own: dict[str, KnownFact] = field(default_factory=dict)
    supposed: dict[str, KnownFact] = field(default_factory=dict)
    others: dict[str, KnownFact] = field(default_factory=dict)
    speaks_of_others: bool = False
    denied: tuple[Mention, ...] = ()
    """Names that the message says not to be so of the visitor: `geen hbo`."""
    profession: str | None = None
    """What the visitor does or did for a living."""


class FactFinder:
    """Finds facts by the names in a message, the small words around them, and the shape of numbers."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        countries()  # read once, at the start and not in somebody's first message
        self._jobs = frozenset(catalogue.facts["works_in_education"].values())

    def read(self, text: Text, mentions: Sequence[Mention], today: date, known: Collection[str] = ()) -> Told:
        """
        The facts that a message states, each once, those of the visitor apart from the rest.

        :param known: Names of the facts that are known already: what corrects them says less of itself.
        :param today: `sinds 2016` and `geboren in 1985` count from it.
        """
        stance = Stance(text)
        mentions = [each for each in mentions if not _is_misread(text, each)]
        places = [*self._from_names(text, stance, mentions), *self._from_shapes(text, stance)]
        places += living_at(text, self._catalogue.municipalities.values())
        places += AmountReader(text, stance, today, known).read()
        mine: list[_Placed] = []
        supposed: list[_Placed] = []
        others: list[_Placed] = []
        for index, fact in places:
            if not stance.is_mine(index):
                others.append((index, fact))
            elif fact.name not in _WISHES and stance.is_supposed(index):
                supposed.append((index, fact))
            else:
                mine.append((index, fact))
        own = self._settle(mine, stance)
        if "subject" in own and "role" not in own and _TEACHES & set(text.words):
            said = next(index for index, word in enumerate(text.words) if word in _TEACHES)
            own["role"] = self._role(own, text.quote(said, said + 1))
        denied = tuple(
            each
            for each in mentions
            if stance.is_denied(each.start, each.end)
            and stance.is_mine(each.start)
            and not stance.is_supposed(each.start)
        )
        return Told(
            own,
            self._settle(supposed, stance),
            self._settle(others, stance),
            stance.speaks_of_others,
            denied,
            _profession(stance, mentions),
        )

    def _settle(self, placed: Iterable[_Placed], stance: Stance) -> dict[str, KnownFact]:
        """
        One fact a name: what was taken back goes, of diplomas the highest stays, of kinds of school all, of the rest the last.

        What is said wins from what is only inferred.
        """
        ordered = sorted(placed, key=lambda each: each[0])
        after = {fact.name for index, fact in ordered if index >= stance.corrected_from}
        found: dict[str, KnownFact] = {}
        for index, fact in ordered:
            if index < stance.corrected_from and fact.name in after:
                continue
            before = found.get(fact.name)
            found[fact.name] = fact if before is None else self._better(before, fact)
        return found

    def _better(self, before: KnownFact, after: KnownFact) -> KnownFact:
        if before.origin == "said" and after.origin == "inferred":
            return before
        if before.name == "sector":
            return after.model_copy(update={"value": _as_set(before.value) | _as_set(after.value)})
        if before.name == "diploma_level":
            order = self._catalogue.facts["diploma_level"].values()
            return max(before, after, key=lambda fact: order.index(str(fact.value)))
        if before.name in _FIRST_COUNTS and (before.origin == after.origin):
            return before
        return after

    def _role(self, found: Mapping[str, KnownFact], words: str) -> KnownFact:
        """What somebody wants to be who wants to teach a subject: on a basisschool that is a vakleerkracht."""
        subject = self._catalogue.subjects.get(str(found["subject"].value))
        sectors = _as_set(found["sector"].value) if "sector" in found else frozenset()
        is_specialist = subject is not None and "po" in subject.sectors and bool(sectors) and sectors <= {"po", "so"}
        role = "vakleerkracht" if is_specialist else "leraar"
        return KnownFact(name="role", value=role, origin="inferred", words=words)

    def _from_names(self, text: Text, stance: Stance, mentions: Sequence[Mention]) -> Iterator[_Placed]:
        for mention in mentions:
            for fact in self._from_name(text, stance, mention, mentions):
                yield mention.start, fact

    def _from_name(
        self, text: Text, stance: Stance, mention: Mention, mentions: Sequence[Mention]
    ) -> Iterator[KnownFact]:
        group, span = mention.target.group, (mention.start, mention.end)
        denied = stance.is_denied(*span) or (group in _STUDIED and stance.is_broken_off(mention.start))
        if denied and group not in _DENIED_TELLS:
            return
        if group == "place":
            words = set(stance.words(stance.segment(mention.start)))
            if not _is_verb(text, mention) and (words & _LIVING or not words & _AT_A_UNIVERSITY):
                yield self._said("municipality", mention.target.id, mention)
        elif group == "subject":
            yield from self._from_subject(text, mention, mentions)
        elif group == "diploma_field":
            if not is_trade(text, mention.start):
                yield from self._from_field(text, mention)
        elif group == "sector":
            if not self._is_schooling(text, stance, mention, mentions):
                yield self._said(group, frozenset({mention.target.id}), mention)
        elif group == "diploma_level":
            if not (
                _names_school(text, stance, mention, mentions)
                or _is_of_first_year(stance, mention, mentions)
                or stance.is_unfinished(mention.start)
            ):
                yield self._said(group, mention.target.id, mention)
        elif (
            group in self._catalogue.facts
            and not _is_inside(mention, mentions)
            and not (group == "teaching_qualification" and _is_still_wanted(stance, mention))
        ):
            if group == "role" and _has_that_job(stance, mention):
                job = mention.target.id if mention.target.id in self._jobs else "anders"
                yield self._said("works_in_education", job, mention)
            else:
                yield from self._option(denied, group, mention, text.words[max(0, mention.start - 1) : mention.start])

    @staticmethod
    def _is_schooling(text: Text, stance: Stance, mention: Mention, mentions: Sequence[Mention]) -> bool:
        """Whether a kind of school is where somebody went, and not where they want to work: `ik heb mbo 4`, `ik zit op de havo`."""
        span = (mention.start, mention.end)
        inside_diploma = any(
            other.target.group == "diploma_level"
            and other.start <= mention.start
            and mention.end <= other.end
            and other.length > mention.length
            for other in mentions
        )
        has = _is_school_too(text, mention) and (speaks_of_having(text, *span) or stance.is_unfinished(mention.start))
        finished = set(stance.after(*span, most=3)) & FINISHED
        return inside_diploma or has or bool(finished)

    def _option(self, denied: bool, name: str, mention: Mention, before: Sequence[str]) -> Iterator[KnownFact]:
        fact = self._catalogue.facts[name]
        if set(before) & _WHICH:
            return  # "welke school wil mij aannemen?"
        denied = denied and not mention.words.lower().startswith(("geen", "niet", "nog", "on", "no"))
        value: FactValue = mention.target.id
        if fact.type is FactType.FLAG:
            value = (mention.target.id == "true") != denied
        elif denied:
            if name != "teaching_qualification":
                return
            # Who is not eerstegraads may be something else.
            yield KnownFact(name=name, value="geen", origin="inferred", words=mention.words[:300])
            return
        yield self._said(name, value, mention)

    def _from_field(self, text: Text, mention: Mention) -> Iterator[KnownFact]:
        field = self._catalogue.fields[mention.target.id]
        yield self._said("diploma_field", field.title, mention)
        if any(
            word in ("hbo", "hbov", "hbo-v", "wo", "universiteit", "universitair", "bachelor", "master")
            for word in text.words
        ):
            inferred = KnownFact(name=_CARE_CARD, value=field.education_or_care, origin="inferred", words=mention.words)
            yield inferred

    def _from_subject(self, text: Text, mention: Mention, mentions: Sequence[Mention]) -> Iterator[KnownFact]:
        if mention.target.id == "nederlands" and _LANGUAGE.search(text.folded):
            return  # "mijn nederlands is b1" is about the language, not about the subject
        if set(text.words[mention.end : mention.end + 1]) & PAPERS and mention.words.lower().endswith(
            ("se", "kse", "e")
        ):
            return  # "turkse diploma" is about a country
        if (
            set(text.words[max(0, mention.start - 1) : mention.start]) & _OF_A_LANGUAGE
            and mention.target.id in _LANGUAGES
        ):
            return  # "mijn nederlands is goed"
        if is_trade(text, mention.start):
            yield KnownFact(name="subject", value=mention.target.id, origin="inferred", words=mention.words[:300])
            return
        studied = any(
            other.target.group in ("diploma_level", "diploma_field")
            and 0 <= mention.start - other.end <= 2
            and not set(text.words[other.end : mention.start]) - {"in", "de", "het", "of", "the"}
            for other in mentions
        ) or any(
            other.target.group == "diploma_field" and (other.start, other.end) == (mention.start, mention.end)
            for other in mentions
        )
        wanted = text.words[max(0, mention.start - 1) : mention.start]
        if studied and not any(word in ("docent", "leraar", "lerares", "vak", "les", "teach") for word in wanted):
            title = self._catalogue.subjects[mention.target.id].title
            if not any(
                other.target.group == "diploma_field" and other.start <= mention.start < other.end for other in mentions
            ):
                yield self._said("diploma_field", title, mention)
            yield KnownFact(name="subject", value=mention.target.id, origin="inferred", words=mention.words[:300])
        else:
            yield self._said("subject", mention.target.id, mention)

    @staticmethod
    def _from_shapes(text: Text, stance: Stance) -> Iterator[_Placed]:
        """Facts that no name of one thing tells: a level of Dutch, a country, having no school yet."""
        folded = text.folded.replace("-", " ")
        if match := _LANGUAGE.search(folded):
            level = (match.group(1) or match.group(2)).upper()
            yield (
                text.token_at(match.start()),
                KnownFact(name="dutch_level", value=level, origin="said", words=match.group()[:100]),
            )
        if match := _COMMITTED_DENIED.search(folded):
            yield (
                text.token_at(match.start()),
                KnownFact(name="employer_commitment", value=False, origin="said", words=match.group()),
            )
        yield from _committed(text)
        yield from _outside_education(text, stance)
        yield from studied_abroad(text, stance)
        yield from taught_abroad(text, stance)
        yield from from_schools_abroad(text, stance)

    @staticmethod
    def _said(name: str, value: FactValue, mention: Mention) -> KnownFact:
        return KnownFact(name=name, value=value, origin="said", words=mention.words[:300])


def _profession(stance: Stance, mentions: Sequence[Mention]) -> str | None:
    """What somebody is or was: `ik ben timmerman`, `kok met eigen zaak`; not `mijn man is kok`, `ik wil kok worden`."""
    for each in mentions:
        if each.target.group != "profession" or not stance.is_mine(each.start) or stance.is_supposed(each.start):
            continue
        words = set(stance.words(stance.segment(each.start)))
        before = set(stance.before(each.start, 4))
        is_one = bool(before & _IS_OR_WAS) or each.start == 0
        becoming = bool({"worden", "become"} & set(stance.after(each.start, each.end, most=2)))
        if is_one and not becoming and not stance.is_denied(each.start, each.end) and not words & _OF_OTHERS:
            return each.target.id
    return None


def _committed(text: Text) -> Iterator[_Placed]:
    """That a school wants the visitor: `een school die me wil hebben`, `school wil me houden`."""
    words = text.words
    for index, word in enumerate(words):
        near = set(words[index + 1 : index + 6])
        asked = set(words[max(0, index - 1) : index]) & _WHICH
        if word in _SCHOOLS and near & _WANTS and near & _ME and not asked and not near & NEGATORS:
            end = min(len(words), index + 6)
            yield (
                index,
                KnownFact(name="employer_commitment", value=True, origin="said", words=text.quote(index, end)[:100]),
            )
            return


def _outside_education(text: Text, stance: Stance) -> Iterator[_Placed]:
    """That somebody does not work at a school: `ik werk toch niet in het onderwijs`."""
    for index, word in enumerate(text.words):
        if word in {"onderwijs", "school", "education"} and stance.is_mine(index):
            words = stance.words(stance.segment(index))
            works = {"werk", "work", "werkzaam", "working"} & set(words)
            if works and stance.is_denied(index, index + 1) and not stance.is_supposed(index):
                quote = text.quote(stance.segment(index).start, index + 1)[:100]
                yield index, KnownFact(name="works_in_education", value="nee", origin="said", words=quote)
                return


def _is_verb(text: Text, mention: Mention) -> bool:
    """Whether a place's name is the ordinary word here: `welke stappen moet ik zetten`, `een school leiden`."""
    word = "".join(text.words[mention.start : mention.end])
    before = text.words[mention.start - 1] if mention.start else ""
    return (
        word in _ORDINARY_WORDS_TOO
        and len(text.words) > 2
        and mention.words.islower()
        and before not in _BEFORE_A_PLACE
    )


def _is_inside(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether the name is only a part of what somebody was or has: `leraar` in `leraar in syrie`."""
    return mention.target.group == "role" and any(
        other.length > mention.length
        and other.start <= mention.start
        and mention.end <= other.end
        and other.target.group in ("teaching_qualification", "works_in_education")
        for other in mentions
    )


def _has_that_job(stance: Stance, mention: Mention) -> bool:
    """Whether a job in a school is what somebody does now, and not what they want: `ik werk nu als onderwijsassistent`."""
    last = [word for word in stance.before(mention.start, 3) if word not in {"een", "a", "an", "nu", "al", "now"}][-1:]
    if last and last[0] in {"ben", "am", "im"}:
        return True
    words = set(stance.words(stance.segment(mention.start)))
    does = {"werk", "sta", "werkzaam", "work"} & set(stance.before(mention.start, 6))
    return bool(does) and not words & (MODALS | WANTS_TO | {"worden", "graag", "become"})


def _is_still_wanted(stance: Stance, mention: Mention) -> bool:
    """Whether a qualification is not there yet: `op de pabo`, `ik wil eerstegraads worden`."""
    becoming = {"worden", "become"} & set(stance.after(mention.start, mention.end, most=2))
    return stance.is_unfinished(mention.start) or bool(becoming)


def _is_misread(text: Text, mention: Mention) -> bool:
    """Whether a name of work was only nearly there, without its verb: `per week als assistent` is no `werk als assistent`."""
    words = set(text.words[mention.start : mention.end])
    return mention.target.group == "works_in_education" and mention.likeness < 1 and not words & (I_DO | {"sta"})


def _names_school(text: Text, stance: Stance, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a diploma's name stands for a school here: `lesgeven op het mbo`, `geven op havo en vwo`."""
    if not _is_school_too(text, mention):
        return False
    span = (mention.start, mention.end)
    if any(each.target.group == "sector" and (each.start, each.end) == span for each in mentions):
        return not speaks_of_having(text, *span)
    before = stance.before(mention.start, 3)
    return bool(set(before) & {"op", "naar", "at"}) and not speaks_of_having(text, *span)


def _is_of_first_year(stance: Stance, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether the study is only named as that of a propedeuse: `alleen mijn p op het hbo`."""
    return mention.target.id in ("hbo-bachelor", "wo-bachelor", "wo-master") and any(
        each.target.id == "hbo-propedeuse" and stance.segment(each.start) == stance.segment(mention.start)
        for each in mentions
    )


def _is_school_too(text: Text, mention: Mention) -> bool:
    """Whether the word names a school to work at as well as a diploma: `mbo`, `havo`."""
    return "".join(text.words[mention.start : mention.end]) in _SECTOR_OR_DIPLOMA


def _as_set(value: FactValue) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset({str(value)})


def matching_subject(catalogue: Catalogue, facts: Mapping[str, KnownFact]) -> KnownFact | None:
    """That the diploma is close to the subject, as far as the list of fields says so; always to be confirmed."""
    field = next(
        (
            each
            for each in catalogue.fields.values()
            if "diploma_field" in facts and each.title == facts["diploma_field"].value
        ),
        None,
    )
    subject = facts.get("subject")
    if subject is None or "diploma_field" not in facts:
        return None
    title = catalogue.subjects[str(subject.value)].title if subject.value in catalogue.subjects else ""
    if facts["diploma_field"].value != title and (field is None or subject.value not in field.subjects):
        return None
    words = f"{facts['diploma_field'].words}, {subject.words}"
    return KnownFact(name="diploma_matches_subject", value="verwant", origin="inferred", words=words)
