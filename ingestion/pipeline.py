"""The way from a file to the index: convert, tell the language, split, write, and publish a new generation."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from haystack import Pipeline

from ingestion.archived import ArchivedPages
from ingestion.boilerplate import SharedLines
from ingestion.convert import PageConverter, files_in
from ingestion.extract.vocabulary import Vocabulary, vocabulary_of
from ingestion.extracting import FindingExtractor
from ingestion.fetch.archive import Archive
from ingestion.language import PageLanguage
from ingestion.origin import Origin
from ingestion.report import FileTaken, IngestReport, Refusal
from ingestion.split import PassageSplitter
from ingestion.write import PassageWriter
from knowledge.catalogue import Catalogue
from knowledge.index.passages import StoredPassages


def ingestion_pipeline(store: Path) -> Pipeline:
    """
    The steps in order; writes to YAML with `dumps`.

    :param store: The folder of stored passages.
    """
    pipeline = Pipeline()
    pipeline.add_component("convert", PageConverter())
    pipeline.add_component("language", PageLanguage())
    pipeline.add_component("split", PassageSplitter())
    pipeline.add_component("write", PassageWriter(str(store)))
    pipeline.connect("convert.pages", "language.pages")
    pipeline.connect("language.pages", "split.pages")
    pipeline.connect("split.passages", "write.passages")
    pipeline.connect("convert.refused", "write.refused")
    return pipeline


def ingest(path: Path, origin: Origin, stored: StoredPassages, publish: Callable[[], str]) -> IngestReport:
    """
    Take a file or a folder as all there is of a source, and publish what came of it.

    :param publish: Makes and serves a generation and gives its id; called only if something was ingested. If it
        fails, the stored passages are put back as they were.
    """
    files = list(files_in(path)) if path.is_dir() else [path]
    if not files:
        return IngestReport(origin.source_id, refused=(Refusal(str(path), "it has no files", "check the folder"),))
    before = stored.of(origin.source_id)
    several = path.is_dir() and len(files) > 1
    result = ingestion_pipeline(stored.folder).run(
        {
            "convert": {
                "paths": [str(each) for each in files],
                "meta": origin.meta_of(path),
                "root": str(path) if path.is_dir() else "",
            },
            "write": {"source_id": origin.source_id, "several": several},
        },
        include_outputs_from={"convert", "split"},
    )
    passages = Counter(each.meta["file"] for each in result["split"]["passages"])
    languages = {each.meta["file"]: each.meta["language"] for each in result["split"]["passages"]}
    barren = [each.meta["file"] for each in result["convert"]["pages"] if each.meta["file"] not in passages]
    report = IngestReport(
        origin.source_id,
        taken=tuple(FileTaken(file, languages[file], number) for file, number in passages.items()),
        refused=(
            *(Refusal(**each) for each in result["convert"]["refused"]),
            *(Refusal(each, "no passage came of it", "check that it holds sentences") for each in barren),
        ),
        **{name: result["write"][name] for name in ("added", "unchanged", "removed")},
    )
    if not report.taken:
        return report
    try:
        generation = publish()
    except BaseException:
        stored.replace(origin.source_id, before)
        raise
    return replace(report, generation=generation)


def reading_pipeline(archive: Archive, catalogue: Catalogue | None = None) -> Pipeline:
    """
    From raw pages to Markdown in a known language, with what it says; writes to YAML with `dumps`.

    :param catalogue: Whose places and subjects are recognised.
    """
    names = vocabulary_of(catalogue) if catalogue else Vocabulary({}, {})
    extractor = FindingExtractor(str(archive.folder), dict(names.places), dict(names.subjects))
    pipeline = Pipeline()
    pipeline.add_component("read", ArchivedPages(str(archive.folder)))
    pipeline.add_component("shared", SharedLines())
    pipeline.add_component("language", PageLanguage())
    pipeline.add_component("extract", extractor)
    pipeline.connect("read.pages", "shared.pages")
    pipeline.connect("shared.pages", "language.pages")
    pipeline.connect("language.pages", "extract.pages")
    return pipeline


def writing_pipeline(stored: StoredPassages) -> Pipeline:
    """From pages to stored passages."""
    pipeline = Pipeline()
    pipeline.add_component("split", PassageSplitter())
    pipeline.add_component("write", PassageWriter(str(stored.folder)))
    pipeline.connect("split.passages", "write.passages")
    return pipeline
