"""The simulated visitor: answers what it is asked from what it knows, and never from what would be right."""

from collections.abc import Callable
from typing import Any

from evaluation.answering.visitor import answer_back
from evaluation.case import Case
from knowledge.catalogue import Catalogue

SECTOR = {
    "type": "question",
    "fact": "sector",
    "options": [{"value": "po", "label": "Po"}, {"value": "vo", "label": "Vo"}],
}
AGE = {"type": "question", "fact": "age", "options": []}


def asking(*blocks: dict[str, Any], buttons: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """A reply that asks."""
    return {"status": "asked_clarification", "blocks": list(blocks), "quick_replies": list(buttons)}


def test_it_answers_with_what_the_case_tells_or_knows(
    case: Callable[..., Case], catalogue_of_content: Catalogue
) -> None:
    told = case("a", facts={"sector": ["vo"]}).model_copy(update={"knows": {"age": 42}})

    assert answer_back(told, asking(SECTOR), catalogue_of_content).choice == ("sector", ["vo"])
    assert answer_back(told, asking(AGE), catalogue_of_content).choice == ("age", 42)


def test_it_wants_the_school_of_what_it_asked_about(case: Callable[..., Case], catalogue_of_content: Catalogue) -> None:
    about = case("a", cites_any=["zij-instroom-po"])

    assert answer_back(about, asking(SECTOR), catalogue_of_content).choice == ("sector", ["po"])


def test_it_taps_the_button_that_names_what_it_means(
    case: Callable[..., Case], catalogue_of_content: Catalogue
) -> None:
    means = case("a", cites_any=["zij-instroom-po"])
    route = catalogue_of_content.find("zij-instroom-po")
    assert route is not None
    title = route.title
    buttons = ({"label": "Iets heel anders", "text": "anders"}, {"label": title, "text": "die"})

    assert answer_back(means, asking(buttons=buttons), catalogue_of_content).text == "die"


def test_it_says_not_to_know_what_it_does_not(case: Callable[..., Case], catalogue_of_content: Catalogue) -> None:
    nobody = case("a")

    assert answer_back(nobody, asking(SECTOR), catalogue_of_content).choice == ("sector", None)
    assert answer_back(nobody, asking(), catalogue_of_content).text == "weet ik niet"
