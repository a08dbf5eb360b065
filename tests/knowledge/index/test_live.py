"""The search of a running application."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.catalogue import Catalogue, Content
from knowledge.index.engine import OtherEmbedder
from knowledge.index.generation import Generations
from knowledge.index.home import IndexHome
from knowledge.index.live import LiveSearch

TODAY = date(2026, 9, 1)


@contextmanager
def live(catalogue: Catalogue, home: IndexHome, **more: Any) -> Iterator[LiveSearch]:
    """A live search that is closed at the end."""
    search = LiveSearch(catalogue, home, **more)
    try:
        yield search
    finally:
        search.close()


def documents(home: IndexHome, passage: Any, number: int = 30) -> None:
    """Ingested passages, more than are embedded before the first question."""
    subjects = ["collegegeld", "zij-instroom", "vrijstelling", "stage", "bevoegdheid"]
    home.stored.replace(
        "plan",
        [passage(each, f"Stuk {each}", f"Nummer {each} gaat over {subjects[each % 5]}.") for each in range(number)],
    )


def test_words_are_searched_at_once_and_meaning_as_soon_as_it_is_ready(
    tmp_path: Path, catalogue: Catalogue, passage: Any
) -> None:
    home = IndexHome(tmp_path)
    documents(home, passage)
    told: list[tuple[int, int]] = []

    with live(catalogue, home, on_progress=lambda done, total: told.append((done, total))) as search:
        first = search.status()
        [hit] = search.search("stage", on=TODAY, limit=1)
        assert (first["kind"], first["building"], first["passages"]) == ("lexical", True, 30)
        assert "stage" in hit.passage.text
        assert hit.similarity is None

        assert search.wait_until_built(120)
        after = search.status()
        [hit] = search.search("stage", on=TODAY, limit=1)

    assert (after["kind"], after["building"], after["progress"]) == ("full", False, 1.0)
    assert after["generation"] != first["generation"]
    assert hit.similarity is not None
    assert told[-1] == (30, 30)


def test_no_question_is_lost_while_generations_are_swapped(tmp_path: Path, catalogue: Catalogue, passage: Any) -> None:
    home = IndexHome(tmp_path, "none")
    documents(home, passage)
    failures: list[BaseException] = []
    answered = [0]
    ended = threading.Event()

    with live(catalogue, home) as search:

        def ask() -> None:
            while not ended.is_set():
                try:
                    assert "stage" in search.search("stage", on=TODAY, limit=1)[0].passage.text
                    answered[0] += 1
                except BaseException as error:
                    failures.append(error)
                    return

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for each in threads:
            each.start()
        for _ in range(4):
            made = home.generations.build(home.material(catalogue))
            search._follow()
            assert search.status()["generation"] == made.id
        ended.set()
        for each in threads:
            each.join()

    assert not failures
    assert answered[0] > 10


def test_a_start_with_an_index_that_fits_builds_nothing(tmp_path: Path, catalogue: Catalogue, passage: Any) -> None:
    home = IndexHome(tmp_path)
    documents(home, passage, 4)
    built = home.generations.build(home.material(catalogue))

    with live(catalogue, home) as search:
        status = search.status()

    assert (status["generation"], status["building"]) == (built.id, False)
    assert len(home.engine.manifests()) == 1


def test_an_index_of_another_catalogue_is_not_served(tmp_path: Path, catalogue: Catalogue, passage: Any) -> None:
    home = IndexHome(tmp_path, "none")
    documents(home, passage, 4)
    old = home.generations.build(home.material(catalogue))
    documents(home, passage, 5)

    with live(Catalogue("v2", Content()), home) as search:
        status = search.status()

    assert status["generation"] != old.id
    assert status["passages"] == 5


def test_a_few_changed_passages_do_not_make_search_lexical_again(
    tmp_path: Path, catalogue: Catalogue, passage: Any
) -> None:
    home = IndexHome(tmp_path)
    documents(home, passage, 4)
    home.generations.build(home.material(catalogue))
    documents(home, passage, 6)

    with live(catalogue, home) as search:
        status = search.status()

    assert (status["kind"], status["passages"], status["building"]) == ("full", 6, False)


def test_what_another_process_publishes_is_followed_if_it_says_the_same_as_the_catalogue(
    tmp_path: Path, catalogue: Catalogue, passage: Any
) -> None:
    home = IndexHome(tmp_path, "none")
    documents(home, passage, 4)

    with live(catalogue, home) as search:
        other = IndexHome(tmp_path, "none")
        documents(other, passage, 9)
        ours = other.generations.build(other.material(catalogue))
        search._follow()
        assert search.status()["generation"] == ours.id

        other.generations.build(other.material(Catalogue("v2", Content())))
        search._follow()
        assert search.status()["generation"] == ours.id


def test_what_is_ingested_while_the_full_index_waits_for_its_turn_is_in_it(
    tmp_path: Path, catalogue: Catalogue, passage: Any
) -> None:
    home = IndexHome(tmp_path)
    documents(home, passage, 30)
    home.generations.build(home.material(catalogue), lexical=True)
    started = threading.Event()
    searches: list[LiveSearch] = []

    def start() -> None:
        started.set()
        searches.append(LiveSearch(catalogue, home))

    def ingest() -> None:
        starting = threading.Thread(target=start)
        starting.start()
        started.wait()
        starting.join()
        documents(home, passage, 31)

    home.engine.exclusively(ingest)

    try:
        assert searches[0].wait_until_built(120)
        assert searches[0].status()["passages"] == 31
    finally:
        searches[0].close()


def test_an_application_that_stops_does_not_wait_for_its_build(
    tmp_path: Path, catalogue: Catalogue, passage: Any
) -> None:
    home = IndexHome(tmp_path)
    documents(home, passage, 200)
    search = LiveSearch(catalogue, home)

    search.close()

    assert [each.kind for each in home.engine.manifests()] == ["lexical"]
    assert not list((tmp_path / "index").glob(".draft-*"))


def test_without_an_embedder_words_are_all_there_is(tmp_path: Path, catalogue: Catalogue, passage: Any) -> None:
    home = IndexHome(tmp_path, "none")
    documents(home, passage, 4)

    with live(catalogue, home) as search:
        assert search.embed("Wat kost de pabo?") is None
        assert search.status()["building"] is False


def test_an_index_of_another_embedder_is_replaced_at_start_and_refused_when_asked_for(
    tmp_path: Path, catalogue: Catalogue, passage: Any
) -> None:
    home = IndexHome(tmp_path)
    documents(home, passage, 4)
    full = home.generations.build(home.material(catalogue))
    without = IndexHome(tmp_path, "none")

    with pytest.raises(OtherEmbedder):
        Generations(without.engine, None).open(full.id)
    with live(catalogue, without) as search:
        assert search.status()["kind"] == "lexical"


def test_an_empty_catalogue_can_be_asked(tmp_path: Path, catalogue: Catalogue) -> None:
    with live(catalogue, IndexHome(tmp_path, "none")) as search:
        assert search.search("wat dan ook", on=TODAY) == []
