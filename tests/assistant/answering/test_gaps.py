"""Questions without an answer come together by what they ask."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from assistant.answering.gaps import Gap, KeptVectors, Unanswered, gaps
from assistant.answering.understand.intents import Vector
from knowledge.index.dense import embedder_of

MEANINGS = (
    (
        "is er kinderopvang op de pabo",
        "heeft de pabo een creche",
        "kan mijn kind mee naar de opvang bij de opleiding",
        "kinderopvang tijdens de opleiding geregeld?",
    ),
    ("mag ik een hond meenemen naar school", "kan mijn hulphond mee de klas in", "honden toegestaan in de klas"),
    ("krijg ik een laptop van de school", "moet ik zelf een laptop kopen", "laptop voor zij-instromer van werkgever"),
    (
        "hoeveel vakantiedagen heeft een leraar",
        "hoe veel weken vrij heb je als docent",
        "vakantie leraren aantal weken",
    ),
    (
        "kan ik lesgeven met een hoofddoek",
        "mag ik een hoofddoek dragen voor de klas",
        "hoofddoek toegestaan op openbare school",
    ),
    (
        "is er een parkeervergunning voor docenten",
        "kan ik gratis parkeren bij de school",
        "parkeren bij school als leraar",
    ),
    ("krijg ik reiskostenvergoeding", "worden mijn reiskosten vergoed", "reiskosten ov leraar"),
    (
        "kan ik als leraar in het buitenland werken",
        "lesgeven in spanje met nederlandse bevoegdheid",
        "met mijn pabo naar curacao",
    ),
    (
        "wat als ik zwanger word tijdens het traject",
        "zwangerschapsverlof tijdens zij-instroom",
        "zwanger in opleiding hoe gaat dat",
    ),
    (
        "is er dyslexie begeleiding op de pabo",
        "ik heb dyslexie krijg ik hulp bij de toetsen",
        "extra tijd bij toetsen met dyslexie",
    ),
)
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def asked(*questions: str, dismissed: str = "") -> list[Unanswered]:
    """Questions, an hour after one another."""
    return [
        Unanswered(
            f"t{n}", question, "haaglanden", "unanswerable_not_found", AT + timedelta(hours=n), question == dismissed
        )
        for n, question in enumerate(questions)
    ]


def embed(question: str) -> Vector | None:
    """The vector that the index would give."""
    embedder = embedder_of("e5")
    assert embedder is not None
    vector: Vector = embedder.model.queries([question])[0]
    return vector


def by_words(question: str) -> None:
    """Without an embedder."""


@pytest.fixture(scope="module")
def found() -> list[Gap]:
    """The gaps of all questions at once."""
    return gaps(asked(*(question for meaning in MEANINGS for question in meaning)), embed)


def _together(gap: Gap) -> set[str]:
    return {gap.question, *gap.examples}


@pytest.mark.parametrize(
    "wordings",
    [
        ("mag ik een hoofddoek dragen voor de klas", "kan ik lesgeven met een hoofddoek"),
        ("krijg ik reiskostenvergoeding", "worden mijn reiskosten vergoed"),
        ("zwangerschapsverlof tijdens zij-instroom", "wat als ik zwanger word tijdens het traject"),
    ],
)
def test_one_question_in_several_wordings_is_one_gap(found: list[Gap], wordings: tuple[str, ...]) -> None:
    assert any(_together(gap) >= set(wordings) for gap in found)


def test_of_what_comes_together_nine_in_ten_belong_together(found: list[Gap]) -> None:
    meaning = {question: n for n, each in enumerate(MEANINGS) for question in each}
    pairs = [(one, other) for gap in found for one in _together(gap) for other in _together(gap) if one < other]
    right = np.mean([meaning[one] == meaning[other] for one, other in pairs])
    of_all = sum(len(each) * (len(each) - 1) // 2 for each in MEANINGS)

    assert right >= 0.9
    assert len(pairs) * right >= 0.7 * of_all


def test_a_gap_counts_its_questions_and_says_when_it_was_asked_last() -> None:
    [first, second] = gaps(asked("mag mijn hond mee?", "Mag mijn hond mee", "iets anders"), by_words)

    assert (first.count, first.regions, first.last_asked_at) == (2, (("haaglanden", 2),), AT + timedelta(hours=1))
    assert second.question == "iets anders"


def test_what_comes_to_a_dismissed_question_later_is_not_shown_either() -> None:
    questions = asked(
        "krijg ik reiskostenvergoeding", "worden mijn reiskosten vergoed", dismissed="krijg ik reiskostenvergoeding"
    )

    assert gaps(questions, embed) == []


def test_without_questions_there_are_no_gaps() -> None:
    assert gaps([], embed) == []


def test_what_a_question_means_is_worked_out_once() -> None:
    asked: list[str] = []

    def embed(text: str) -> None:
        asked.append(text)

    nothing = KeptVectors(embed)
    nothing("wat kost het")
    nothing("wat kost het")
    assert len(asked) == 2, "what there is no vector for yet is asked for again"

    known = KeptVectors(lambda text: asked.append(text) or np.ones(2, dtype=np.float32))  # type: ignore[func-returns-value]
    assert known("wat kost het") is known("wat kost het")
    assert len(asked) == 3
