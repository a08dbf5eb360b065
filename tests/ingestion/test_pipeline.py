"""From a file to the index."""

from datetime import date
from pathlib import Path

import pytest
from haystack import Pipeline

from ingestion.origin import Origin
from ingestion.pipeline import ingest, ingestion_pipeline
from ingestion.report import IngestReport
from knowledge.catalogue import Catalogue
from knowledge.index.home import IndexHome

ORIGIN = Origin(source_id="plan", title="Plan", publisher="Gemeente", as_of="2026", regions=("haaglanden",))
TEXT = "Werven\n\nPool West is een invalpool van schoolbesturen in de regio Haaglanden.\n"
SEEDS = {
    "plan-haaglanden-2024": "haaglanden",
    "werkprogramma-haaglanden-2026-2029": "haaglanden",
    "zelfevaluatie-noodplan-den-haag-2025": "haaglanden",
    "plan-hak-2025": "hak",
    "activiteitenplan-ldb-po-2026-2029": "ldb",
}


def taken(path: Path, home: IndexHome, catalogue: Catalogue, origin: Origin = ORIGIN) -> IngestReport:
    """Ingest as the command does."""
    return ingest(path, origin, home.stored, lambda: home.generations.build(home.material(catalogue), anew=False).id)


def test_the_pipeline_is_the_same_after_it_has_been_written_as_yaml(tmp_path: Path) -> None:
    pipeline = ingestion_pipeline(tmp_path)

    read = Pipeline.loads(pipeline.dumps(), allowed_modules=["ingestion.*"])

    assert read.dumps() == pipeline.dumps()
    assert list(read.graph.nodes) == ["convert", "language", "split", "write"]


def test_a_document_is_found_with_its_heading_and_cited_with_its_source(
    tmp_path: Path, home: IndexHome, catalogue: Catalogue
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT)

    report = taken(path, home, catalogue)

    [hit] = home.generations.open().search("Wat is Pool West?", on=date(2026, 9, 1), region="haaglanden")
    assert (hit.passage.section, hit.passage.publisher, hit.passage.title) == ("Werven", "Gemeente", "Plan")
    assert (report.added, report.is_complete) == (1, True)
    current = home.generations.current()
    assert current is not None
    assert report.generation == current.id


def test_the_same_document_again_changes_nothing_and_makes_no_generation(
    tmp_path: Path, home: IndexHome, catalogue: Catalogue
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT)
    first = taken(path, home, catalogue)

    again = taken(path, home, catalogue)

    assert (again.added, again.unchanged, again.removed) == (0, 1, 0)
    assert again.generation == first.generation


def test_a_changed_document_takes_the_place_of_the_one_before(
    tmp_path: Path, home: IndexHome, catalogue: Catalogue
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT)
    taken(path, home, catalogue)
    path.write_text(TEXT.replace("Pool West", "De Rode Loper"))

    report = taken(path, home, catalogue)

    search = home.generations.open()
    assert (report.added, report.removed) == (1, 1)
    assert search.search("Rode Loper", on=date(2026, 9, 1))[0].passage.text.startswith("De Rode Loper")
    assert search.search("Pool West", on=date(2026, 9, 1)) == []


def test_if_nothing_can_be_read_the_index_stays_as_it_was(
    tmp_path: Path, home: IndexHome, catalogue: Catalogue
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT)
    taken(path, home, catalogue)
    served = home.generations.current()
    path.write_bytes(b"\x00\x01\x02" * 500)

    report = taken(path, home, catalogue)

    assert [each.why for each in report.refused] == ["it is no text but binary"]
    assert (report.generation, report.is_complete) == ("", False)
    assert home.generations.current() == served
    assert len(list(home.stored)) == 1


def test_of_a_folder_the_good_files_are_taken_and_the_bad_ones_named(
    tmp_path: Path, home: IndexHome, catalogue: Catalogue
) -> None:
    folder = tmp_path / "documents"
    (folder / "deeper").mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT)
    (folder / "deeper" / "b.md").write_text("# Matchen\n\nHet loket brengt scholen en zij-instromers bij elkaar.")
    (folder / "c.pdf").write_bytes(b"no pdf")

    report = taken(folder, home, catalogue)

    assert [each.file for each in report.taken] == ["a.txt", "deeper/b.md"]
    assert [each.file for each in report.refused] == ["c.pdf"]
    assert {each.id for each in home.stored} == {"plan#a-txt-0", "plan#deeper-b-md-0"}


def test_a_build_that_fails_puts_the_passages_back(tmp_path: Path, home: IndexHome, catalogue: Catalogue) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT)
    taken(path, home, catalogue)
    path.write_text(TEXT.replace("Pool West", "De Rode Loper"))

    def fail() -> str:
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        ingest(path, ORIGIN, home.stored, fail)

    assert "Pool West" in next(iter(home.stored)).text


def test_an_empty_folder_is_told(tmp_path: Path, home: IndexHome, catalogue: Catalogue) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()

    report = taken(folder, home, catalogue)

    assert [each.why for each in report.refused] == ["it has no files"]


def test_an_english_document_is_marked_so(tmp_path: Path, home: IndexHome, catalogue: Catalogue) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Becoming a teacher in The Hague starts with a conversation about your diploma and your wishes.")

    report = taken(path, home, catalogue)

    assert report.taken[0].language == "en"
    assert next(iter(home.stored)).language == "en"


def test_the_five_plans_are_taken_in_and_what_they_say_is_found(
    seeds: list[Path], home: IndexHome, catalogue: Catalogue
) -> None:
    for path, (source, region) in zip(seeds, SEEDS.items(), strict=True):
        origin = Origin(source_id=source, title=source, publisher="Onderwijsregio", as_of="2025", regions=(region,))
        assert ingest(path, origin, home.stored, lambda: "later").is_complete
    home.generations.build(home.material(catalogue))
    search = home.generations.open()

    def best(question: str, region: str = "haaglanden") -> tuple[str, str, str]:
        passage = search.search(question, on=date(2026, 9, 1), region=region, limit=1)[0].passage
        return passage.source_id, passage.section, passage.text

    source, _, text = best("Hoeveel fte tekort is er in het po, 547 fte?")
    assert source == "plan-haaglanden-2024"
    assert "547 fte" in text
    assert "Pool West" in best("Wat doet Pool West?")[2]
    source, section, text = best("Wat is Expeditie Leerkracht?")
    assert (source, section) == ("zelfevaluatie-noodplan-den-haag-2025", "2.6 Resultaat E: Verhogen zij-instroom")
    assert "tweedaagse expeditie" in text
    assert best("loketfunctie voor zij-instromers", "ldb")[0] == "activiteitenplan-ldb-po-2026-2029"
    assert best("bovenbestuurlijke invalpool", "hak")[0] == "plan-hak-2025"


def test_passages_of_the_five_plans_are_of_a_size_to_cite(seeds: list[Path], home: IndexHome) -> None:
    for path, source in zip(seeds, SEEDS, strict=True):
        ingest(path, Origin(source_id=source), home.stored, lambda: "later")

    lengths = sorted(len(each.text.split()) for each in home.stored)
    sections = [each.section for each in home.stored]

    assert lengths[-1] <= 180
    assert lengths[len(lengths) // 2] >= 80
    assert sum(1 for each in sections if each) > len(sections) * 0.9
    assert not any(each.text.startswith("#") or "\t3\n" in each.text for each in home.stored)
