"""Whether a message is about what we know of the visitor: tell it, forget it, or it is not right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answering.understand.names import Mention
from assistant.answering.understand.text import Text, joined
from assistant.eligibility.profile import KnownFact, Profile
from knowledge.catalogue import Catalogue
from knowledge.fact import Fact

Wish = Literal["recall", "forget", "forget_all", "object"]

_FORGET = frozenset({
    "vergeet", "vergeten", "wis", "wissen", "gewist", "verwijder", "verwijderen", "verwijderd", "schrap", "schrappen", "weghalen",
    "forget", "erase", "delete", "remove",
})  # fmt: skip
_IS_NO_COMMAND = frozenset(
    {"ben", "was", "had", "als", "niet", "nooit", "dont", "not", "never", "if", "forgot", "hoe", "how"}
)
"""Before or beside such a verb: `ik ben mijn diploma vergeten`, `vergeet niet dat ...`."""
_EVERYTHING = frozenset({"alles", "everything", "all", "gegevens", "data", "allemaal"})
_KNOW = frozenset({
    "weet", "weten", "onthouden", "onthoudt", "bewaard", "bewaar", "bewaart", "opgeslagen", "genoteerd", "verzameld", "know", "remember",
    "stored", "saved", "noted", "kept",
})  # fmt: skip
_HAVE = frozenset({"heb", "hebt", "hebben", "have", "got"})
_DATA = frozenset({"gegevens", "data", "informatie", "info", "information"})
_ABOUT = frozenset({"van", "over", "about", "of", "on"})
_ME = frozenset({"mij", "me", "mezelf", "myself"})
_FILLERS = frozenset({
    "nou", "nu", "nog", "al", "allemaal", "eigenlijk", "precies", "dan", "tot", "toe", "zoal", "now", "already", "exactly", "so", "far",
    "please", "aub", "alsjeblieft", "onthouden", "bewaard", "opgeslagen", "genoteerd", "verzameld", "weten", "stored", "saved",
})  # fmt: skip
_YOU = frozenset({"je", "jij", "u", "jullie", "you"})
_I = frozenset({"ik", "k", "i"})
_TOLD = frozenset({
    "ingevuld", "verteld", "gezegd", "gekozen", "geantwoord", "opgegeven", "told", "said", "answered", "entered", "chosen",
})  # fmt: skip
_ASKS = frozenset({"wat", "welk", "welke", "what", "which"})
_WRONG = frozenset({"klopt", "waar", "juist", "goed", "right", "correct", "true"})
_FALSE = frozenset({"fout", "verkeerd", "onjuist", "wrong", "incorrect"})
_NOT = frozenset({"niet", "nie", "not", "isnt"})
_OBJECTING = _WRONG | _FALSE | _NOT | frozenset({
    "nee", "neen", "no", "dat", "dit", "that", "thats", "this", "is", "it", "its", "het", "helemaal", "wat", "je", "zegt", "hoor", "sorry", "ho",
    "wacht", "maar", "ook", "toch",
})  # fmt: skip
"""All the words of an objection that names nothing."""
_TELLING = _FORGET | _KNOW | _DATA | _TOLD | _WRONG | _FALSE
_LONGEST = 16
"""Words: a longer message tells a story, and is no command."""


@dataclass(frozen=True)
class Recollection:
    """What the visitor wants of our memory. `names` are the facts it is about; `rest` is what is said besides."""

    wish: Wish
    names: tuple[str, ...] = ()
    rest: str = ""


def may_recollect(text: Text) -> bool:
    """Whether it is worth while to look for names: a word that wishes of this kind have is there."""
    return bool(set(text.words) & _TELLING)


def recollection(
    text: Text, mentions: Sequence[Mention], profile: Profile, told: Sequence[str], catalogue: Catalogue
) -> Recollection | None:
    """
    What a message wants of our memory.

    :param told: The facts that the last message told that told any: what `vergeet dat` is about.
    :returns: None if it is about something else.
    """
    words = text.words
    if not words or len(words) > _LONGEST:
        return None
    at = next((index for index, word in enumerate(words) if word in _FORGET), None)
    if at is not None and not set(words[max(0, at - 3) : at + 2]) & _IS_NO_COMMAND:
        return _forgetting(text, at, mentions, profile, told, catalogue)
    if _recalls(words):
        return Recollection("recall")
    if profile.known and _objects(words):
        return Recollection("object", tuple(told))
    return None


def _forgetting(
    text: Text,
    at: int,
    mentions: Sequence[Mention],
    profile: Profile,
    told: Sequence[str],
    catalogue: Catalogue,
) -> Recollection | None:
    words = text.words
    # "vergeet maar waar ik woon": what comes after a clause that has nothing but the verb belongs to it.
    follows = at + 1 < len(words) and text.tokens[at + 1].text in {"maar", "but"}
    clause = text.tokens[at].clause + follows
    within = {index for index, token in enumerate(text.tokens) if clause - follows <= token.clause <= clause}
    named = tuple(
        dict.fromkeys(
            [
                *_called(words, within, catalogue),
                *(
                    name
                    for mention in mentions
                    if mention.start in within
                    for name in _known_as(mention, profile, catalogue)
                ),
            ]
        )
    )
    rest = " ".join(token.text for token in text.tokens if token.clause > clause)
    if named:
        return Recollection("forget", named, _raw_after(text, clause) if rest else "")
    if set(words) & _EVERYTHING:
        return Recollection("forget_all")
    if set(words) & {"zei", "vertelde", "gezegd", "verteld", "said", "told"}:
        return Recollection("forget", tuple(told), _raw_after(text, clause) if rest else "")
    if len(words) <= at + 3 and set(words[at + 1 :]) & {"dat", "dit", "that", "this", "laatste"}:
        return Recollection("forget", tuple(told))
    return None


def _raw_after(text: Text, clause: int) -> str:
    first = next((token for token in text.tokens if token.clause > clause), None)
    return text.folded[first.start :] if first is not None else ""


def _called(words: Sequence[str], within: set[int], catalogue: Catalogue) -> Iterator[str]:
    """Facts that are called by their own name: `mijn leeftijd`, `waar ik woon`."""
    names = {joined(called): str(fact.name) for fact in catalogue.facts.values() for called in _names_of(fact)}
    start = 0
    while start < len(words):
        for end in range(len(words), start, -1):
            found = names.get("".join(words[start:end])) if start in within else None
            if found is not None:
                yield found
                start = end - 1
                break
        start += 1


def _names_of(fact: Fact) -> tuple[str, ...]:
    return (*fact.also_called, fact.label.nl, fact.label.en)


def denied_of(mentions: Sequence[Mention], profile: Profile, catalogue: Catalogue) -> tuple[str, ...]:
    """The known facts that these names, which a message denies, are the values of: `geen hbo` of somebody who said hbo."""
    return tuple(
        dict.fromkeys(
            name for mention in mentions for name in _known_as(mention, profile, catalogue) if name == _group(mention)
        )
    )


def _group(mention: Mention) -> str:
    return "municipality" if mention.target.group == "place" else mention.target.group


def _known_as(mention: Mention, profile: Profile, catalogue: Catalogue) -> Iterator[str]:
    """Known facts that a name in the message stands for: by their value, or by the words that they were told in."""
    group = _group(mention)
    said = set(Text(mention.words).words)
    for fact in profile.known:
        if (fact.name == group and _has_value(fact, mention.target.id, catalogue)) or said <= set(
            Text(fact.words).words
        ):
            yield fact.name


def _has_value(fact: KnownFact, value: str, catalogue: Catalogue) -> bool:
    if fact.name == "diploma_field":
        field = catalogue.fields.get(value)
        return field is not None and field.title == fact.value
    if isinstance(fact.value, frozenset):
        return value in fact.value
    return str(fact.value).lower() == value


def _recalls(words: Sequence[str]) -> bool:
    """`wat weet je van mij`, `welke gegevens heb je over mij`, `wat heb ik ingevuld`, `weet je nog welk vak ik wilde`."""
    said = set(words)
    knows = bool(said & _KNOW) or (bool(said & _DATA) and bool(said & _HAVE))
    if knows and said & _YOU:
        about_me = any(
            word in _ABOUT
            and words[index + 1 : index + 2]
            and words[index + 1] in _ME
            and not set(words[index + 2 :]) - _FILLERS
            for index, word in enumerate(words)
        )
        if about_me:
            return True
        place = next((index for index, word in enumerate(words) if word in _KNOW), None)
        remembers = place is not None and {"nog", "still"} & set(words[place : place + 4])
        ends = not set(words) - _FILLERS - _KNOW - _YOU - _ASKS - {"do", "still"}
        if remembers and (ends or said & _I):
            return True
    return bool(said & _ASKS) and bool(said & _TOLD) and bool(said & _I) and bool(said & (_HAVE | {"did"}))


def _objects(words: Sequence[str]) -> bool:
    """`nee dat klopt niet`, `that is wrong`: says that something is not right, and not what."""
    said = set(words)
    is_wrong = bool(said & _FALSE) or (bool(said & _WRONG) and bool(said & _NOT))
    return is_wrong and not said - _OBJECTING
