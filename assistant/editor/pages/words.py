"""The words of visitors: what was put in, what nothing knows yet, and what is known by a word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.answering.words import Near, UnknownWord
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Shell, choices, shell
from assistant.editor.looking import is_running
from assistant.editor.pages.item import Lookup
from assistant.editor.pages.listing import item_address
from knowledge.catalogue import Catalogue
from knowledge.publishing.change_sets import ChangeSet
from knowledge.publishing.consequences import Looked
from knowledge.publishing.item import ItemKey, titled
from knowledge.publishing.revisions import Revision

ADDRESS = "/desk/redactie/woorden"
INTENTS = {
    "out_of_scope": "Niets: het is niet ons werk",
    "smalltalk": "Niets: het is een praatje",
    "greeting": "Niets: het is een groet",
    "route_advice": "Advies over welke route past",
    "handover": "Iemand wil een mens spreken",
    "zelftest": "Iemand wil de zelftest doen",
    "feedback": "Iemand zegt iets over de assistent",
}
"""What a sentence can ask that no single record answers."""


@dataclass(frozen=True)
class Suggested:
    """Something that a word or a question may belong to."""

    group: str
    id: str
    title: str
    where: str
    """`gemeente` for a place; empty for a record."""


@dataclass(frozen=True)
class WordRow:
    """A word that nothing knows."""

    word: str
    count: str
    questions: tuple[str, ...]
    near: tuple[Suggested, ...]


@dataclass(frozen=True)
class QuestionRow:
    """A question without an answer, and what may answer it."""

    turn_id: str
    question: str
    count: str
    sentences: str
    """In every wording, one a line."""
    near: tuple[Suggested, ...]


@dataclass(frozen=True)
class Effect:
    """What the words that were put in would do, as far as it was looked at."""

    change_set: str
    title: str
    items: tuple[tuple[str, str, str], ...]
    """Address, title and what was put in."""
    percent: int | None
    """How far the looking is; None: nobody is looking."""
    summary: str
    is_old: bool


@dataclass(frozen=True)
class KnownRow:
    """What goes by a word."""

    address: str
    title: str
    name: str


@dataclass(frozen=True)
class WordsPage:
    """The words of visitors."""

    shell: Shell
    done: str
    effect: Effect | None
    words: tuple[WordRow, ...]
    questions: tuple[QuestionRow, ...]
    sought: str
    known: tuple[KnownRow, ...]
    sentences: tuple[str, ...]
    """With the word that is sought, of those that are known."""
    counts: tuple[tuple[str, str, int], ...]
    """Address, label and how many: where everything that is known stands."""
    lookups: tuple[Lookup, ...]
    intents: tuple[Choice, ...]


def suggested(near: Iterable[Near]) -> tuple[Suggested, ...]:
    """As the page shows them."""
    return tuple(
        Suggested(each.group, each.id, each.title, "gemeente" if each.group == "municipalities" else "")
        for each in near
    )


def word_row(each: UnknownWord) -> WordRow:
    """As the page shows it."""
    count = "1 vraag" if each.count == 1 else f"{each.count} vragen"
    return WordRow(each.word, count, each.questions, suggested(each.near))


def effect_of(
    change_set: ChangeSet, drafts: Sequence[Revision], looked: Looked | None, digest: str, now: datetime
) -> Effect:
    """What is in the change set, and what was found of it."""
    return Effect(
        change_set.id,
        change_set.title,
        tuple((item_address(each.key), titled(each.key.group, each.content or {}), each.comment) for each in drafts),
        (100 * looked.done // looked.of if looked.of else 0) if looked and is_running(looked, now) else None,
        str((looked.result or {}).get("in_dutch", "")) if looked and looked.state == "done" else "",
        looked is not None and looked.digest != digest,
    )


def words_page(
    editor: SignedInAdviser,
    catalogue: Catalogue,
    effect: Effect | None,
    unknown: Sequence[UnknownWord],
    questions: Sequence[QuestionRow],
    sought: str,
    known: Sequence[Near],
    done: str,
) -> WordsPage:
    """The page."""
    content = catalogue.content
    asks = (ask for phrasing in content.phrasings for ask in phrasing.asks)
    sentences = [each for each in asks if sought and sought.casefold() in each.casefold()]
    named = sum(len(record.also_called) for record in catalogue)
    places = sum(len(each.places) + len(each.also_called) for each in content.municipalities)
    return WordsPage(
        shell=shell("Woorden van bezoekers", editor),
        done=done,
        effect=effect,
        words=tuple(word_row(each) for each in unknown),
        questions=tuple(questions),
        sought=sought,
        known=tuple(KnownRow(item_address(ItemKey(each.group, each.id)), each.title, each.name) for each in known[:40]),
        sentences=tuple(sentences[:40]),
        counts=(
            ("/desk/redactie/lijst/term", "Andere namen van onderdelen", named),
            ("/desk/redactie/lijst/phrasings", "Zinnen waarmee mensen iets vragen", sum(len(each.asks) for each in content.phrasings)),
            ("/desk/redactie/lijst/municipalities", "Plaatsnamen", places),
        ),
        lookups=(
            Lookup("records", tuple((each.id, each.title) for each in catalogue)),
            Lookup("municipalities", tuple((each.id, each.name) for each in content.municipalities)),
        ),
        intents=choices({"": "Een onderdeel (vul hierboven in)"} | INTENTS, ""),
    )  # fmt: skip
