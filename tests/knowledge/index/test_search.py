"""From a question to passages, on both engines, by words alone and by meaning too."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.index.dense import embedder_of
from knowledge.index.engine import Engine
from knowledge.index.generation import Generations, Material
from knowledge.index.search import Search

TODAY = date(2026, 9, 1)


pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect in the local Qdrant")


@pytest.fixture(scope="module", params=["embedded-none", "embedded-e5", "server-none", "server-e5"])
def search(
    request: pytest.FixtureRequest,
    make_engine: Callable[[str, Path], Engine],
    material: Material,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Search]:
    """A lexical and a full generation of the eight passages, on each engine."""
    kind, embedder = request.param.split("-")
    generations = Generations(make_engine(kind, tmp_path_factory.mktemp("index")), embedder_of(embedder))
    generations.build(material)
    opened = generations.open()
    yield opened
    opened.close()


def titles(search: Search, question: str, **more: object) -> list[str]:
    """The titles found, best first."""
    return [hit.passage.title for hit in search.search(question, **({"on": TODAY} | more))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Wat kost het collegegeld?", "Collegegeld"),
        ("hoeveel leraren komen we tekort", "Lerarentekort"),
        ("zijinstroomtraject", "Zij-instroom"),
        ("wat is een PDG", "Mbo-docent"),
        ("2694", "Collegegeld"),
    ],
)
def test_the_passage_that_answers_comes_first(search: Search, question: str, title: str) -> None:
    assert titles(search, question)[0] == title


def test_a_passage_comes_back_whole(search: Search, material: Material) -> None:
    [hit] = search.search("lerarentekort in fte", on=TODAY, limit=1)

    assert hit.passage == material.passages[7]


def test_a_loket_of_another_region_is_not_found(search: Search) -> None:
    assert "Loket Leiden" not in titles(search, "loket bellen", region="haaglanden")
    assert titles(search, "loket bellen", region="haaglanden")[0] == "Loket Den Haag"
    assert "Collegegeld" in titles(search, "collegegeld", region="haaglanden")


def test_without_a_region_every_region_is_found(search: Search) -> None:
    assert {"Loket Den Haag", "Loket Leiden"} <= set(titles(search, "loket bellen"))


def test_only_the_kinds_that_are_asked_for_are_found(search: Search) -> None:
    assert set(titles(search, "zij-instroom collegegeld loket", kinds=["cost", "route"])) <= {
        "Collegegeld",
        "Zij-instroom",
    }


def test_a_programme_is_found_when_it_is_asked_for_and_never_instead_of_its_route(
    make_engine: Callable[[str, Path], Engine], material: Material, tmp_path: Path
) -> None:
    one = material.passages[0].model_copy(update={"id": "hr#0", "kind": "programme", "title": "Zij-instroom Rotterdam"})
    generations = Generations(make_engine("embedded", tmp_path), embedder_of("none"))
    generations.build(replace(material, passages=(*material.passages, one)))
    search = generations.open()

    found = titles(search, "zij-instroomtraject")
    asked_for = titles(search, "zij-instroomtraject", kinds=["programme"])
    search.close()

    assert "Zij-instroom" in found
    assert "Zij-instroom Rotterdam" not in found
    assert asked_for == ["Zij-instroom Rotterdam"]


def test_a_passage_of_another_sector_is_not_found_and_one_of_every_sector_is(search: Search) -> None:
    assert "Mbo-docent" not in titles(search, "pedagogisch-didactisch getuigschrift", sectors=["po"])
    assert "Mbo-docent" in titles(search, "pedagogisch-didactisch getuigschrift", sectors=["po", "mbo"])
    assert "Collegegeld" in titles(search, "collegegeld pabo", sectors=["po"])


@pytest.mark.parametrize(
    ("on", "found", "not_found"),
    [
        (date(2024, 12, 31), "Oude subsidie", "Nieuwe subsidie"),
        (date(2026, 1, 1), "Nieuwe subsidie", "Oude subsidie"),
    ],
)
def test_what_is_not_valid_on_the_day_is_not_found(search: Search, on: date, found: str, not_found: str) -> None:
    on_the_day = titles(search, "subsidie zij-instroom", on=on)

    assert found in on_the_day
    assert not_found not in on_the_day


def test_a_period_excludes_its_last_day(search: Search) -> None:
    assert "Oude subsidie" not in titles(search, "subsidie zij-instroom", on=date(2025, 1, 1))


@pytest.mark.parametrize(
    "scope", [{}, {"region": "haaglanden"}, {"sectors": ["po"]}, {"kinds": ["cost"]}, {"on": date(2024, 12, 31)}]
)
def test_naming_what_is_out_of_scope_finds_what_conditions_find(
    make_engine: Callable[[str, Path], Engine],
    material: Material,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    scope: dict[str, object],
) -> None:
    generations = Generations(make_engine("embedded", tmp_path), embedder_of("none"))
    generations.build(material)
    named = generations.open()
    by_name = titles(named, "zij-instroom collegegeld subsidie loket tekort", **scope)
    named.close()

    # Now more is out of scope than is named one by one.
    monkeypatch.setattr("knowledge.index.edge._FEW", 1)
    conditioned = generations.open()
    by_condition = titles(conditioned, "zij-instroom collegegeld subsidie loket tekort", **scope)
    conditioned.close()

    assert by_name
    assert by_name == by_condition


def test_a_question_about_something_else_is_hardly_covered(search: Search) -> None:
    [sense] = search.search("Wat is het wettelijk collegegeld voor de pabo?", on=TODAY, limit=1)
    nonsense = search.search("Hoe word ik piloot op een zeilschip naar Mars?", on=TODAY)

    assert sense.coverage > 0.7
    assert all(hit.coverage < 0.3 for hit in nonsense)


def test_similarity_is_a_cosine_with_vectors_and_nothing_without(search: Search) -> None:
    [hit] = search.search("Wat kost het collegegeld?", on=TODAY, limit=1)

    if search.manifest.kind == "full":
        assert hit.similarity is not None
        assert 0.5 < hit.similarity <= 1
    else:
        assert hit.similarity is None


def test_a_vector_that_is_given_is_used_and_not_made_again(search: Search) -> None:
    if search.manifest.kind == "lexical":
        pytest.skip("a lexical generation has no vectors")
    other = search.embed("pedagogisch-didactisch getuigschrift in het mbo")

    [hit] = search.search("wie wat waar", on=TODAY, limit=1, vector=other)

    assert hit.passage.title == "Mbo-docent"


@pytest.mark.parametrize(
    "question", ["", "   ", "hoe wat en", "🙂🙂", "\x00\x01", "a" * 20_000, "' OR 1=1 --", "{}[]()*?"]
)
def test_no_question_is_too_strange_to_be_asked(search: Search, question: str) -> None:
    for hit in search.search(question, on=TODAY):
        assert 0 <= hit.coverage <= 1
