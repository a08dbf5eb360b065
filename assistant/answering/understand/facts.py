"""What a message tells about the visitor: facts with the words they came from."""

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.answering.understand.cues import is_conditional, is_denied, is_trade, speaks_of_having
from assistant.answering.understand.names import Mention
from assistant.answering.understand.numbers import number_of
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
_AGE = re.compile(
    r"\b(?:ben|leeftijd|am|im)\s+(?:al |nu |pas |inmiddels )?([a-z0-9]+)(?!\s*(?:uur|jaar\s+(?:leraar|docent|werkzaam)))"
)
_YEARS_OLD = re.compile(r"\b([a-z0-9]+)\s*(?:jaar oud|jr oud|years old|jarige|year old|-jarige)")
_YEARS_PLAIN = re.compile(
    r"\bben\s+(?:\w+\s+)?([a-z0-9]+)\s*(?:jaar|jr|j)\b(?!\s+(?:leraar|docent|werkzaam|in de|ervaring))"
)
_YEARS_BARE = re.compile(
    r"(?<!al )\b([2-6][0-9])\s*(?:jaar|jr)\b(?!(?:\s+\w+){0,3}\s+(?:geweest|gewerkt|gedaan|gedraaid|leraar|docent|werkzaam|ervaring|werkervaring))"
    r"(?!\s+(?:werk|in de|in het|lang|geleden|als|bij))"
)
_EXPERIENCE = re.compile(
    r"\b([a-z0-9]+)\s*(?:jaar|jr|years)\s+(?:lang\s+)?(?:werk\s?ervaring|ervaring|gewerkt|werkzaam|in de|in het vak|als|experience|of experience|aan het werk|praktijkervaring|of work)"
)
_EXPERIENCE_BEEN = re.compile(
    r"\b([a-z0-9]+)\s*(?:jaar|jr)\s+(?:(?!niet|geen|zonder)\w+ ){1,3}(?:geweest|gewerkt|gedaan)\b"
)
_FOREIGN = re.compile(
    r"\b(?:turks|syrisch|pools|duits|belgisch|engels|amerikaans|oekraiens|marokkaans|surinaams|spaans|italiaans|indiaas|iraans|iraaks"
    r"|eritrees|arabisch|grieks|portugees|portugese|roemeens|bulgaars|russisch|braziliaans|afghaans|indonesisch|chinees|frans|afrikaans)e?"
    r" (?:diploma|bachelor|master|bevoegdheid|universiteit)|\bforeign (?:diploma|degree|bachelor|master|qualification)\b"
    r"|\bdegree from abroad\b|\bdiploma uit (?:het buitenland|turkije|syrie|polen|duitsland|belgie|engeland|oekraine|marokko|suriname|iran|irak|eritrea|india)\b"
)
_EXPERIENCE_AFTER = re.compile(r"\b(?:werk al|werk|gewerkt|ervaring van|werkte)\s+([a-z0-9]+)\s*(?:jaar|jr|years)")
_HOURS = re.compile(
    r"\b([a-z0-9]+)\s*(?:uur|uren|u|hours)\s*(?:per week|p w|pw|in de week|a week|/week|beschikbaar|vrij)"
)
_LANGUAGE = re.compile(
    r"\b(?:nederlands|dutch|taal|taalniveau|niveau)\b[^.;,]{0,25}\b([abc][12])\b|\b([abc][12])\b[^.;,]{0,20}\b(?:nederlands|dutch)\b"
)
_TEACHES = frozenset({"geven", "geef", "doceren", "onderwijzen", "teach", "teaching", "docent", "leraar", "lerares"})
_COMMITTED_DENIED = re.compile(r"\b(?:nog )?geen (?:school|werkgever)\b")


class FactFinder:
    """Finds facts by the names in a message, the small words around them, and the shape of numbers."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def find(self, text: Text, mentions: Sequence[Mention]) -> tuple[KnownFact, ...]:
        """The facts that the message states, each once; what is said later wins."""
        found: dict[str, KnownFact] = {}
        for fact in (*self._from_names(text, mentions), *self._from_numbers(text)):
            if fact.name == "sector" and "sector" in found and isinstance(fact.value, frozenset):
                both = fact.value | _as_set(found["sector"].value)
                fact = fact.model_copy(update={"value": both})
            if fact.origin == "inferred" and fact.name in found:
                continue
            found[fact.name] = fact
        abroad = found.get("teaching_qualification")
        if abroad is not None and abroad.value == "buitenlands" and "diploma_country" not in found:
            found["diploma_country"] = KnownFact(
                name="diploma_country", value="buitenland", origin="inferred", words=abroad.words
            )
        if "subject" in found and "role" not in found and _TEACHES & set(text.words):
            found["role"] = self._role(found)
        return tuple(found.values())

    def _role(self, found: Mapping[str, KnownFact]) -> KnownFact:
        """What somebody wants to be who wants to teach a subject: on a basisschool that is a vakleerkracht."""
        subject = self._catalogue.subjects.get(str(found["subject"].value))
        sectors = _as_set(found["sector"].value) if "sector" in found else frozenset()
        is_specialist = subject is not None and "po" in subject.sectors and bool(sectors) and sectors <= {"po", "so"}
        role = "vakleerkracht" if is_specialist else "leraar"
        return KnownFact(name="role", value=role, origin="inferred", words=found["subject"].words)

    def _from_names(self, text: Text, mentions: Sequence[Mention]) -> Iterator[KnownFact]:
        ambiguous = {
            (mention.start, mention.end)
            for mention in mentions
            if mention.target.group == "sector"
            and "".join(text.words[mention.start : mention.end]) in _SECTOR_OR_DIPLOMA
        }
        diplomas: list[tuple[int, KnownFact]] = []
        for mention in mentions:
            group, span = mention.target.group, (mention.start, mention.end)
            if is_denied(text, *span) and group not in (
                "teaching_qualification",
                "employer_commitment",
                "statushouder",
            ):
                continue
            if group == "elsewhere" or _is_inside(mention, mentions):
                continue
            if group == "place" and _is_verb(text, mention):
                continue
            if group == "place":
                yield self._said("municipality", mention.target.id, mention)
            elif group == "subject":
                yield from self._from_subject(text, mention, mentions)
            elif group == "diploma_field":
                if not is_trade(text, mention.start):
                    yield from self._from_field(text, mention)
            elif group in ("sector", "diploma_level"):
                having = speaks_of_having(text, *span)
                inside_diploma = any(
                    other.target.group == "diploma_level"
                    and other.start <= mention.start
                    and mention.end <= other.end
                    and other.length > mention.length
                    for other in mentions
                )
                if group == "sector" and ((span in ambiguous and having) or inside_diploma):
                    continue
                if group == "diploma_level":
                    if (span in ambiguous and not having) or is_conditional(text, mention.start):
                        continue
                    diplomas.append((mention.start, self._said(group, mention.target.id, mention)))
                else:
                    yield self._said(group, frozenset({mention.target.id}), mention)
            elif group in self._catalogue.facts and not (
                group == "teaching_qualification" and is_conditional(text, mention.start)
            ):
                yield from self._option(text, group, mention)
        yield from _highest(diplomas, self._catalogue.facts["diploma_level"].values())

    def _option(self, text: Text, name: str, mention: Mention) -> Iterator[KnownFact]:
        fact = self._catalogue.facts[name]
        denied = is_denied(text, mention.start, mention.end) and not mention.words.lower().startswith(
            ("geen", "niet", "nog", "on", "no")
        )
        value: FactValue = mention.target.id
        if fact.type is FactType.FLAG:
            value = (mention.target.id == "true") != denied
        elif denied:
            if name != "teaching_qualification":
                return
            value = "geen"
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
        if set(text.words[mention.end : mention.end + 1]) & {"diploma", "bevoegdheid", "universiteit"}:
            return  # "turkse diploma" is about a country
        if is_trade(text, mention.start):
            yield KnownFact(name="subject", value=mention.target.id, origin="inferred", words=mention.words[:300])
            return
        studied = any(
            other.target.group in ("diploma_level", "diploma_field") and 0 <= mention.start - other.end <= 1
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

    def _from_numbers(self, text: Text) -> Iterator[KnownFact]:
        folded = text.folded.replace("-", " ")
        for name, patterns, low, high in (
            ("work_experience_years", (_EXPERIENCE, _EXPERIENCE_AFTER, _EXPERIENCE_BEEN), 0, 60),
            ("hours_per_week", (_HOURS,), 1, 80),
            ("age", (_YEARS_OLD, _YEARS_PLAIN, _AGE, _YEARS_BARE), 12, 99),
        ):
            for pattern in patterns:
                match = pattern.search(folded)
                number = number_of(match.group(1)) if match else None
                if match and number is not None and low <= number <= high:
                    yield KnownFact(name=name, value=number, origin="said", words=match.group()[:100])
                    break
        if match := _LANGUAGE.search(folded):
            level = (match.group(1) or match.group(2)).upper()
            yield KnownFact(name="dutch_level", value=level, origin="said", words=match.group()[:100])
        if match := _FOREIGN.search(folded):
            yield KnownFact(name="diploma_country", value="buitenland", origin="said", words=match.group()[:100])
        if match := _COMMITTED_DENIED.search(folded):
            yield KnownFact(name="employer_commitment", value=False, origin="said", words=match.group())

    @staticmethod
    def _said(name: str, value: FactValue, mention: Mention) -> KnownFact:
        return KnownFact(name=name, value=value, origin="said", words=mention.words[:300])


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


def _highest(diplomas: Sequence[tuple[int, KnownFact]], order: Sequence[str]) -> Iterator[KnownFact]:
    """Of several diplomas in one message the highest: `eerst mbo 4 en daarna hbo`."""
    if diplomas:
        yield max((fact for _, fact in diplomas), key=lambda fact: order.index(str(fact.value)))


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
