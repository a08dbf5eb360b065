"""A profession says which diploma somebody may have, and is only a reason to ask."""

from collections.abc import Callable

import pytest

from assistant.answering.pipeline import Answered
from knowledge.catalogue import Catalogue
from knowledge.profession import Profession, unsound_profession

Ask = Callable[..., Answered]


def _question(answered: Answered) -> list[tuple[str, list[object]]]:
    blocks = [block for block in answered.reply.blocks if block.type == "question"]
    return [(block.fact, [option.value for option in block.options]) for block in blocks]


@pytest.mark.parametrize(
    ("words", "likely"),
    [
        ("ik ben verpleegkundige en wil les gaan geven", ["mbo-4", "hbo-bachelor"]),
        ("timmerman, ik wil leraar worden", ["mbo-2", "mbo-3", "vmbo"]),
        ("ik heb jaren als advocaat gewerkt en wil docent worden", ["wo-master", "hbo-bachelor"]),
        ("I am a nurse and want to become a teacher", ["mbo-4", "hbo-bachelor"]),
    ],
)
def test_the_diplomas_that_often_go_with_it_are_the_first_to_choose_from_and_none_is_assumed(
    ask: Ask, words: str, likely: list[str]
) -> None:
    answered = ask(words)

    [(fact, values)] = _question(answered)
    assert fact == "diploma_level"
    assert values[: len(likely)] == likely
    assert set(values) > set(likely), "every other diploma can be chosen too"
    assert answered.state.profile.get("diploma_level") is None


@pytest.mark.parametrize(
    "words",
    [
        "mijn man is timmerman, kan hij leraar worden?",
        "ik ben timmerman met mbo 3 en wil naar het mbo",
        "wat verdient een verpleegkundige",
    ],
)
def test_who_is_no_such_thing_or_told_the_diploma_is_not_asked_for_it(ask: Ask, words: str) -> None:
    assert "diploma_level" not in [fact for fact, _ in _question(ask(words))]


def test_the_answer_is_a_fact_like_any_other_and_is_not_asked_again(ask: Ask) -> None:
    answered = ask("ik ben kok en wil leraar worden", ("diploma_level", "mbo-3"))

    assert answered.state.profile.facts()["diploma_level"] == "mbo-3"
    assert "diploma_level" not in [fact for fact, _ in _question(answered)]


def test_who_does_not_know_is_not_asked_again(ask: Ask) -> None:
    answered = ask("ik ben kok en wil leraar worden", "weet ik niet", "ik ben kok")

    assert "diploma_level" not in [fact for fact, _ in _question(answered)]


def test_there_are_professions_enough_each_with_levels_that_exist(catalogue_of_content: Catalogue) -> None:
    professions = catalogue_of_content.professions.values()

    assert len(professions) >= 40
    assert [each for one in professions for each in unsound_profession(one, catalogue_of_content.facts)] == []


def test_a_level_that_does_not_exist_is_named(catalogue_of_content: Catalogue) -> None:
    wrong = Profession.model_validate(
        {"id": "tovenaar", "title": {"nl": "tovenaar", "en": "wizard"}, "likely": ["mbo-9"]}
    )

    [(what, fix)] = unsound_profession(wrong, catalogue_of_content.facts)

    assert "mbo-9" in what
    assert "mbo-4" in fix
