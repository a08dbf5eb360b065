"""Examples to learn choosing from: the editors' sentences, each as if nobody had written it down yet."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.answering.consult.candidates import Candidates, candidates_of
from assistant.answering.consult.consultation import Consultation, Knowledge
from assistant.answering.consult.traits import stems_of
from assistant.answering.published import Published
from assistant.answering.state import ConversationState
from assistant.answering.turn import Asked
from assistant.answering.understand.classifier import Classifier
from assistant.answering.understand.cues import is_question
from assistant.answering.understand.intents import Guess, Part, Vector, Vectors
from assistant.answering.understand.learnt import FAR_BELOW, weigh
from assistant.answering.understand.lexicon import known_words
from assistant.answering.understand.names import NameIndex
from assistant.answering.understand.phrasings import PhrasingIndex, sentences_of, shares, told_of, with_taught
from assistant.answering.understand.questions import asking_part
from assistant.answering.understand.record_classifier import RecordClassifier
from assistant.answering.understand.text import Text
from assistant.answering.understand.understanding import Understander
from knowledge.index.dense import Model
from knowledge.index.search import Hit
from knowledge.phrasing import Phrasing

FOLDS = 5
_NEAR_COPY = 0.93
"""Sentences this like the one asked would give the answer away."""
_SHARE_AT_HOME = 0.85
"""Of the questions about what holds in one region, asked by somebody from there."""
_SHARE_MISTYPED = 0.3
_SHARE_AFTER_A_STORY = 0.3
"""Of the questions, asked after telling something of oneself."""
_PARTED_BY = (". ", ", ", " ", " en ")
_HOME = "haaglanden"


@dataclass(frozen=True)
class Example:
    """A question with its candidates, and which of them is asked for."""

    sentence: str
    group: int
    """The phrasing that it is of."""
    intent: str
    intents: Mapping[str, float]
    """As guessed by who did not see the phrasing."""
    candidates: Candidates
    right: tuple[int, ...]
    """The places of the right candidates, `NOTHING_IS_RIGHT` if no record answers; empty if none is among them."""


NOTHING_IS_RIGHT = -1


class _Blind:
    """Guesses from what is left to see."""

    def __init__(
        self,
        index: PhrasingIndex,
        classifier: Classifier,
        records: RecordClassifier,
        hidden: Sequence[int],
        alike: Sequence[int],
    ) -> None:
        """
        :param classifier: Of intents, that did not see the phrasing.
        :param records: A classifier that did not see the sentence.
        :param hidden: Places of the sentences that the question is made of.
        :param alike: Places of others that would give the answer away, where they are nearly the same.
        """
        self._index, self._classifier, self._records = index, classifier, records
        self._hidden, self._alike = np.array(hidden), np.array(alike, dtype=np.int64)

    def guess(self, text: Text, vector: Vector | None, hints: Mapping[str, float], asking: Part | None = None) -> Guess:
        """As the product guesses, with other eyes."""
        whole = self._guess(text, vector, hints)
        return replace(whole, asking=self._guess(Text(asking.text), asking.vector, {})) if asking is not None else whole

    def _guess(self, text: Text, vector: Vector | None, hints: Mapping[str, float]) -> Guess:
        likeness, contained = self._index.likeness(text.raw, vector), self._index.contained(text.raw)
        copies = np.append(self._hidden, self._alike[likeness[self._alike] >= _NEAR_COPY])
        likeness[copies] = contained[copies] = 0
        near = self._index.records(likeness, contained, vector)
        if vector is not None:
            near = with_taught(near, shares(self._records.evidence(text.raw, vector), 1.0, FAR_BELOW))
        return weigh(self._index, text, likeness, near, self._classifier.evidence(text.raw, vector), hints)


class Examples:
    """Every sentence of every phrasing that a published catalogue has."""

    def __init__(
        self,
        published: Published,
        vectors: Vectors,
        embedder: Model,
        places: Sequence[str],
        every: int = 1,
        seed: int = 7,
    ) -> None:
        """
        :param every: One sentence in so many is asked.
        :param vectors: One a sentence, in the order of `sentences_of` and then `told_of`.
        :param embedder: Makes the vectors of what was changed.
        """
        self._published = published
        self._embedder = embedder
        self._names = NameIndex(published.catalogue, known_words(), places)
        self._knowledge = Knowledge(published.catalogue, published.eligibility, published.search)
        self._random = random.Random(seed)  # noqa: S311 - no secret hangs on it
        self._index = PhrasingIndex(sentences_of(published.catalogue), told_of(published.catalogue))
        self._every, self._all = every, vectors
        self._vectors = vectors[: len(self._index.sentences)]
        self._index.learn(lambda _: vectors)
        self._phrasings = published.catalogue.content.phrasings
        self._group_of = [group for group, phrasing in enumerate(self._phrasings) for _ in range(len(phrasing.asks))]
        self._asking: dict[tuple[str | None, str], list[int]] = defaultdict(list)
        for at, meaning in enumerate(self._index.meanings):
            for intent in {meaning.intent} if meaning.intent else {each.intent for each in self._phrasings}:
                self._asking[meaning.record, intent].append(at)
        order = list(range(len(self._phrasings)))
        self._random.shuffle(order)
        self._stories = [
            place
            for place, group in enumerate(self._group_of)
            if self._phrasings[group].intent == "route_advice"
            and self._phrasings[group].answers is None
            and not is_question(Text(self._index.sentences[place]))
        ]
        self._fold = {group: place % FOLDS for place, group in enumerate(order)}

    def __iter__(self) -> Iterator[Example]:
        records = [self._records_without(part) for part in range(FOLDS)]
        for fold in range(FOLDS):
            classifier = self._classifier_without(fold)
            for at, group in enumerate(self._group_of):
                if self._fold[group] == fold and at % self._every == 0:
                    yield self._example(at, group, classifier, records[at // self._every % FOLDS])

    def _records_without(self, part: int) -> RecordClassifier:
        """Of which record each sentence is, without one part of the sentences that are asked; all of a record's may not go."""
        things = self._index.of_records
        places = [at for at in range(len(things)) if at >= len(self._group_of) or at // self._every % FOLDS != part]
        return RecordClassifier.learnt(
            [things[at][0] for at in places], [things[at][1] for at in places], self._all[places]
        )

    def _classifier_without(self, fold: int) -> Classifier:
        places = [
            at
            for at, meaning in enumerate(self._index.meanings)
            if meaning.intent and (at >= len(self._group_of) or self._fold[self._group_of[at]] != fold)
        ]
        return Classifier.learnt(
            [self._index.sentences[at] for at in places],
            [self._index.meanings[at].intent for at in places],
            self._vectors[places],
        )

    def _example(self, at: int, group: int, classifier: Classifier, records: RecordClassifier) -> Example:
        phrasing, sentence, vector = self._phrasings[group], self._index.sentences[at], self._vectors[at]
        if self._random.random() < _SHARE_MISTYPED:
            sentence = mistyped(sentence, self._random)
        hidden = [at]
        if self._random.random() < _SHARE_AFTER_A_STORY:
            story = self._random.choice(self._stories)
            told = self._index.sentences[story].rstrip(" .?!")
            sentence, hidden = f"{told}{self._random.choice(_PARTED_BY)}{sentence}", [story, at]
        asks = asking_part(sentence)
        vector, *parts = self._embedder.queries([sentence, asks] if asks else [sentence])
        part = Part(asks, parts[0]) if asks else None
        published, region = self._published, self._region_of(phrasing)
        asked = Asked(ConversationState(region=region), published.on, text=sentence)
        blind = _Blind(self._index, classifier, records, hidden, self._asking[phrasing.answers, phrasing.intent])
        understood = Understander(published.catalogue, self._names, blind).understand(asked, sentence, vector, part)
        c = Consultation(understood, asked.state, asked.today, self._knowledge, vector)
        hits = self._as_if_unwritten(c.evidence.hits, phrasing, self._index.sentences[at], sentence, vector)
        found = candidates_of(replace(c.evidence, hits=hits), c.knowledge.traits, c.today)
        ids = [record.id for record in found.records]
        answers = (ids.index(phrasing.answers),) if phrasing.answers in ids else ()
        right = answers if phrasing.answers is not None else (NOTHING_IS_RIGHT,)
        return Example(sentence, group, phrasing.intent, understood.intents, found, right)

    def _as_if_unwritten(
        self, hits: Sequence[Hit], phrasing: Phrasing, written: str, asked: str, vector: Vector
    ) -> Sequence[Hit]:
        """The hits with the passage of the sentence as it would be without it, at about the place it would come at."""
        own = next((hit for hit in hits if written in hit.passage.found_by.split("\n")), None)
        if own is None:
            return hits
        others = [hit for hit in hits if hit is not own]
        asks = [each for each in phrasing.asks if each != written]
        if not asks:
            return others
        passage = own.passage.model_copy(update={"found_by": "\n".join(asks)})
        [meant] = self._embedder.passages([passage.words()])
        similarity = float(np.dot(vector, meant))
        coverage = self._knowledge.traits.share(stems_of(asked), stems_of(passage.words()))
        nearer = sum((hit.similarity or 0.0) > similarity for hit in others)
        fuller = sum(hit.coverage > coverage for hit in others)
        place = min(nearer, fuller) if min(nearer, fuller) == 0 else (nearer + fuller) // 2
        return [*others[:place], Hit(passage, own.score, similarity, coverage), *others[place:]]

    def _region_of(self, phrasing: Phrasing) -> str:
        record = self._published.catalogue.find(phrasing.answers or "")
        regions: Sequence[str] = record.regions if record is not None else ()
        return regions[0] if regions and self._random.random() < _SHARE_AT_HOME else _HOME


def mistyped(sentence: str, chance: random.Random) -> str:
    """The sentence with one or two slips of the finger: a letter doubled, left out or swapped, a space forgotten."""
    letters = list(sentence)
    for _ in range(chance.randint(1, 2)):
        at = chance.randrange(1, max(2, len(letters) - 1))
        if at + 1 >= len(letters):
            continue
        slip = chance.choice(("left out", "doubled", "swapped"))
        if slip == "left out":
            del letters[at]
        elif slip == "doubled":
            letters.insert(at, letters[at])
        else:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)
