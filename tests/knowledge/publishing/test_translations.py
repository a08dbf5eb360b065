"""English that was written beside other Dutch than there is now is found, whichever way the Dutch came to change."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from knowledge.publishing.item import ItemKey
from knowledge.publishing.translated import read_on, stale_fields
from knowledge.publishing.translations import TranslationBook
from tests.knowledge.publishing.conftest import ANNA, BRAM, Desk

TEXT = ItemKey("records", "intern-begeleider-worden")
CHANGED = "Intern begeleider word je met een opleiding erbij."
AGAIN = "Intern begeleider word je na een aanvullende opleiding."


def english(desk: Desk, summary: str) -> dict[str, Any]:
    words = (desk.revisions.published(TEXT) or {})["translations"]["en"]
    return {"en": {**words, "summary": summary}}


def book(desk: Desk) -> TranslationBook:
    return TranslationBook(desk.revisions._sessions, desk.revisions._delivered, desk.clock)


def test_english_that_was_left_alone_when_its_dutch_changed_is_behind(desk: Desk) -> None:
    kept = book(desk)
    before = (desk.revisions.published(TEXT) or {})["summary"]
    assert kept.behind() == {}
    change = desk.change(TEXT, summary=CHANGED)
    [drafted] = kept.of(TEXT, desk.revisions.changed_in(change)[0].content)
    assert kept.of(TEXT) == (), "a draft is not what visitors read"

    desk.publisher.publish(change, ANNA)

    assert kept.behind() == {TEXT: (drafted,)} == book(desk).behind()
    assert (drafted.path, drafted.before, drafted.now) == ("summary", " ".join(before.split()), CHANGED)

    desk.publisher.publish(desk.change(TEXT, summary=AGAIN), ANNA)
    [still] = kept.of(TEXT)
    assert (still.before, still.now) == (drafted.before, AGAIN), "it is told from what the English was written beside"


def test_english_that_is_written_anew_or_dutch_that_goes_back_is_not_behind(desk: Desk) -> None:
    kept = book(desk)
    desk.publisher.publish(desk.change(TEXT, summary=CHANGED), ANNA)
    assert kept.behind()
    desk.publisher.publish(desk.change(TEXT, translations=english(desk, "You become one with further training.")), ANNA)
    assert kept.behind() == {}

    desk.publisher.publish(desk.change(TEXT, summary=AGAIN), ANNA)
    assert kept.behind()
    desk.publisher.back(desk.publisher.number() - 1, ANNA)

    assert kept.behind() == {} == book(desk).behind()


def test_what_an_editor_finds_still_right_is_not_behind_until_the_dutch_changes_again(desk: Desk) -> None:
    kept = book(desk)
    change = desk.change(TEXT, summary=CHANGED)
    kept.still_right(TEXT, desk.revisions.changed_in(change)[0].content, BRAM)
    desk.publisher.publish(change, ANNA)
    assert kept.behind() == {}, "said of the draft"

    desk.publisher.publish(desk.change(TEXT, summary=AGAIN), ANNA)
    [again] = kept.of(TEXT)
    assert (again.before, again.now) == (CHANGED, AGAIN)

    kept.still_right(TEXT, desk.revisions.published(TEXT), BRAM)
    assert kept.behind() == {} == book(desk).behind()


def test_spaces_and_lines_are_no_other_words_and_every_text_in_two_languages_counts() -> None:
    first = {
        "title": "Pabo", "summary": "Dit is de pabo.", "body": "## Wat\n\nEen opleiding.",
        "translations": {"en": {"title": "Pabo", "summary": "This is the pabo."}},
        "says": {"nl": "Je betaalt niets.", "en": "You pay nothing."},
        "conflicts": [
            {
                "about": "het bedrag", "claims": [{"says": "€ 1"}, {"says": "€ 2"}], "ask": "Vraag DUO.",
                "translations": {"en": {"about": "the amount", "says": ["€ 1", "€ 2"], "ask": "Ask DUO."}},
            }
        ],
    }  # fmt: skip
    conflict = {**first["conflicts"][0], "claims": [{"says": "€ 1"}, {"says": "€ 3"}]}  # type: ignore[index]

    def behind(**changed: Any) -> set[str]:
        return {each.path for each in stale_fields(read_on(read_on({}, first), {**first, **changed}), {})}

    assert behind(summary="Dit is  de\npabo.") == set()
    assert behind(body="## Wat\n\nIets anders, waarvan geen Engels is.") == set()
    assert behind(title="De pabo") == {"title"}
    assert behind(says={"nl": "Je betaalt weinig.", "en": "You pay nothing."}) == {"says"}
    assert behind(says={"nl": "Je betaalt weinig.", "en": "You pay little."}) == set()
    assert behind(conflicts=[conflict]) == {"conflicts.0.says"}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=8))
def test_english_is_behind_exactly_if_the_dutch_differs_from_where_it_was_last_written(
    told: list[tuple[str, str]],
) -> None:
    standing: dict[str, Any] = {}
    for dutch, words in told:
        standing = read_on(standing, {"says": {"nl": dutch, "en": words}})

    since = len(told) - 1
    while since and told[since - 1][1] == told[-1][1]:
        since -= 1
    assert bool(stale_fields(standing, {})) == (told[since][0] != told[-1][0])
