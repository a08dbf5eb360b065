"""What the numbers of a message say about the visitor: age, years of work, hours a week."""

from collections.abc import Collection, Iterator
from datetime import date

from assistant.answering.understand.cues import AFTER_MARKS
from assistant.answering.understand.numbers import Quantity, quantities
from assistant.answering.understand.stance import Stance
from assistant.answering.understand.text import Text
from assistant.eligibility.profile import KnownFact

_FULL_TIME_HOURS = 40
_NEAR = 3
"""Tokens between `nee` and the number that it is about."""
_HOURS_A_DAY = 8
_AGES = range(12, 100)
_FILLERS = frozenset({"al", "nu", "pas", "inmiddels", "net", "bijna", "ongeveer", "zon", "ook", "nog", "maar", "ruim", "about", "almost",
                      "only", "just", "een", "rond", "de", "around", "dan", "wel", "trouwens", "zelf", "ondertussen", "nou"})  # fmt: skip
_IS = frozenset({"ben", "am", "im", "leeftijd", "age", "aged", "was"})
_SEXES = frozenset({"man", "vrouw", "m", "v", "male", "female"})
_AFTER_AN_AGE = frozenset({"uit", "en", "woon", "wonend", "from"})
"""What people go on with after `41 jaar`."""
_OLD = frozenset({"oud", "old", "jong", "young"})
_AGO = frozenset({"geleden", "ago", "terug", "later", "earlier", "eerder"})
_SPAN = frozenset(
    {
        "duurt",
        "over",
        "binnen",
        "na",
        "laatste",
        "komende",
        "eerste",
        "nog",
        "elke",
        "om",
        "within",
        "after",
        "per",
        "in",
    }
)
"""Before a number of years: a stretch of time, no age and no career."""
_COUNTED = frozenset({"kilo", "kg", "keer", "euro", "procent", "km", "meter", "cm", "minuten", "mensen", "kinderen", "x", "graden", "lang",
                      "punten", "percent", "times", "ects", "studiepunten"})  # fmt: skip
_WORK = frozenset({
    "ervaring", "werkervaring", "praktijkervaring", "gewerkt", "werk", "werkte", "werkzaam", "werken", "geweest", "gezeten", "gestaan",
    "gedraaid", "gereden", "experience", "worked", "work", "working", "vak", "praktijk", "loondienst", "zelfstandig", "zzp",
})  # fmt: skip
_EXPERIENCE = frozenset({"ervaring", "werkervaring", "praktijkervaring", "experience"})
_OTHER_TIME = frozenset({
    "duurt", "duur", "opleiding", "studie", "gestudeerd", "cursus", "woon", "wonen", "getrouwd", "samen", "lid", "contract", "takes",
    "training", "werkloos", "ziek", "thuis",
})  # fmt: skip
"""In the same segment: the years are of something else than work."""
_WEEKLY = frozenset({"week", "pw", "wekelijks", "weekly", "w"})
_TIME_TO_SPEND = frozenset({"beschikbaar", "vrij", "tijd", "available", "contract", "baan", "uurs"})
_CAN_WORK = frozenset(
    {"kan", "lesgeven", "teach", "beschikbaar", "werk", "werken", "werkte", "vrij", "available", "work", "can"}
)
_VISITING = frozenset({"meelopen", "meekijken", "visit", "proefles", "gastles"})
_FULL_TIME = frozenset({"fulltime", "voltijds", "fulltimer"})
_COURSE = frozenset(
    {
        "opleiding",
        "pabo",
        "studie",
        "hbo",
        "studeren",
        "voltijd",
        "master",
        "bachelor",
        "lerarenopleiding",
        "course",
        "study",
    }
)
_BORN = frozenset({"geboren", "geb", "bouwjaar", "born", "geboortejaar"})
_SINCE = frozenset({"sinds", "since", "vanaf", "sedert"})


class AmountReader:
    """Tells by the unit of a number, and by the small words around it, what it is a number of."""

    def __init__(self, text: Text, stance: Stance, today: date, known: Collection[str] = ()) -> None:
        """:param known: Names of facts that are known: `nee, 32 uur` corrects the hours that were told before."""
        self._known_names = known
        self._text = text
        self._stance = stance
        self._today = today

    def read(self) -> Iterator[tuple[int, KnownFact]]:
        """The facts with the token they start at, in reading order."""
        before: KnownFact | None = None
        for quantity in quantities(self._text):
            fact = self._fact(quantity)
            if fact is None and before is not None and self._takes_back(quantity):
                fact = self._known(before.name, int(quantity.value), quantity, rough=quantity.is_rough)
            if fact is not None:
                yield quantity.start, fact
                before = fact
        yield from self._full_time()
        yield from self._no_experience()

    def _takes_back(self, quantity: Quantity) -> bool:
        """Whether a bare number corrects the one before: `ik ben 42, nee 43`."""
        since = self._stance.corrected_from
        return bool(since) and not quantity.unit and 0 <= quantity.start - since <= _NEAR

    def _no_experience(self) -> Iterator[tuple[int, KnownFact]]:
        """`geen werkervaring`."""
        words = self._text.words
        for index in range(1, len(words)):
            if words[index] in _EXPERIENCE and words[index - 1] in {"geen", "no", "zonder", "without"}:
                yield index, self._known("work_experience_years", 0, Quantity(0, "", index, index + 1), rough=False)

    def _fact(self, quantity: Quantity) -> KnownFact | None:
        if quantity.unit == "hour":
            return self._hours(quantity)
        if quantity.unit in ("day", "week"):
            return self._days(quantity)
        if quantity.unit == "month":
            return self._experience(quantity, quantity.value / 12) if self._is_work(quantity) else None
        if not quantity.unit and 1900 < quantity.value <= self._today.year:
            return self._from_year(quantity)
        if quantity.unit == "year" and not self._is_age(quantity):
            return self._experience(quantity, quantity.value) if self._is_work(quantity) else None
        return self._age(quantity) if self._is_age(quantity) else None

    def _is_age(self, quantity: Quantity) -> bool:
        if self._stance.is_denied(quantity.start, quantity.end):
            return False
        before, after = self._around(quantity)
        last = before[-1] if before else ""
        if quantity.unit == "age" or self._text.words[max(0, quantity.start - 1)] in {"leeftijd", "age"}:
            return True
        if quantity.unit == "":
            tagged = set(self._text.words[: min(2, quantity.start)]) & _SEXES and self._stance.is_mine(quantity.start)
            is_last = after[:1] in (("ben",), ("am",)) and last not in _SPAN  # "als ik al 50 ben"
            return (last in _IS or is_last or bool(tagged)) and not set(after[:1]) & _COUNTED
        if set(after[:1]) & _AGO:
            return False
        if set(after[:1]) & _OLD or quantity.unit_word.startswith("jarig"):
            return True
        if last in _IS:
            return not set(after) & (_WORK - {"werk"}) and not set(after[:1]) & {
                "als",
                "bij",
                "in",
                "leraar",
                "docent",
                "as",
            }
        # `42 jaar` alone: after a name, a comma or an `en`.
        ends = not after or after[0] in _AFTER_AN_AGE
        alone = len(before) <= 1 or (len(before) == 2 and before[0] in _IS)
        return quantity.value >= 16 and alone and ends and last not in _SPAN | {"al", "voor", "van"}

    def _is_work(self, quantity: Quantity) -> bool:
        if self._stance.is_denied(quantity.start, quantity.end) or set(self._around(quantity)[1]) & {
            "niet",
            "nooit",
            "not",
            "never",
        }:
            return False  # "15 jaar niet gewerkt"
        before, after = self._around(quantity)
        words = set(self._stance.words(self._stance.segment(quantity.start)))
        if set(after[:1]) & _AGO or words & _OTHER_TIME or (before and before[-1] in _SPAN):
            return False
        already = "al" in self._text.words[max(0, quantity.start - 2) : quantity.start]
        return bool(words & _WORK) or (already and bool(after)) or bool(set(after[:1]) & {"als", "bij", "as"})

    def _around(self, quantity: Quantity) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What stands before and after in the segment, without fillers before."""
        before = tuple(word for word in self._stance.before(quantity.start) if word not in _FILLERS)
        return before, self._stance.after(quantity.start, quantity.end)

    def _age(self, quantity: Quantity) -> KnownFact | None:
        if int(quantity.value) != quantity.value or int(quantity.value) not in _AGES:
            return None
        return self._known("age", int(quantity.value), quantity, rough=quantity.is_rough)

    def _experience(self, quantity: Quantity, years: float) -> KnownFact | None:
        if not 0 <= years <= 60:
            return None
        return self._known("work_experience_years", int(years), quantity, rough=quantity.is_rough)

    def _from_year(self, quantity: Quantity) -> KnownFact | None:
        """`geboren in 1985` and `sinds 2016 werk ik`: a year off at most, so to be confirmed."""
        before, _ = self._around(quantity)
        years = self._today.year - int(quantity.value)
        if set(before) & _BORN or before[-2:] in (("ben", "van"), ("ben", "uit")):
            return self._known("age", years, quantity, rough=True) if years in _AGES else None
        words = set(self._stance.words(self._stance.segment(quantity.start)))
        if set(before) & _SINCE and words & _WORK and years <= 60:
            return self._known("work_experience_years", years, quantity, rough=True)
        return None

    def _hours(self, quantity: Quantity) -> KnownFact | None:
        before, after = self._around(quantity)
        words = set(self._stance.words(self._stance.segment(quantity.start)))
        if not 1 <= quantity.value <= 80 or (before[-1:] == ("om",) or before[-1:] == ("at",)):
            return None
        corrects = "hours_per_week" in self._known_names and bool(set(self._text.words[:3]) & AFTER_MARKS)
        weekly = corrects or bool(set(after) & _WEEKLY) or quantity.unit_word == "uurs" or bool(words & _TIME_TO_SPEND)
        return self._known("hours_per_week", int(quantity.value), quantity, rough=quantity.is_rough) if weekly else None

    def _days(self, quantity: Quantity) -> KnownFact | None:
        """Days of eight hours, half a week of twenty: to be confirmed."""
        _, after = self._around(quantity)
        words = set(self._stance.words(self._stance.segment(quantity.start)))
        if quantity.unit == "week":
            half = quantity.value == 0.5
            return self._known("hours_per_week", _FULL_TIME_HOURS // 2, quantity, rough=True) if half else None
        if not 0.5 <= quantity.value <= 6 or words & _VISITING:
            return None
        weekly = bool(set(after) & _WEEKLY) or (quantity.value > 1 and bool(words & _CAN_WORK))
        hours = int(_HOURS_A_DAY * quantity.value)
        return self._known("hours_per_week", hours, quantity, rough=True) if weekly else None

    def _full_time(self) -> Iterator[tuple[int, KnownFact]]:
        words = self._text.words
        for index, word in enumerate(words):
            end = index + 1 + (word == "full")
            if word not in _FULL_TIME and words[index:end] != ("full", "time"):
                continue
            said = set(self._stance.words(self._stance.segment(index)))
            if said & _CAN_WORK and not said & _COURSE and not self._stance.is_denied(index, end):
                yield index, self._known("hours_per_week", _FULL_TIME_HOURS, Quantity(0, "", index, end), rough=True)

    def _known(self, name: str, value: int, quantity: Quantity, rough: bool) -> KnownFact:
        start = max(self._stance.segment(quantity.start).start, quantity.start - 2)
        return KnownFact(
            name=name,
            value=value,
            origin="inferred" if rough else "said",
            words=self._text.quote(start, quantity.end)[:100],
        )
