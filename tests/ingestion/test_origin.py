"""Where a document comes from."""

import os
from pathlib import Path

import pytest

from ingestion.origin import OWN_DOCUMENT, Origin, OriginError, origin_of
from knowledge.catalogue import Catalogue, Content
from knowledge.source import Source

KNOWN = Catalogue(
    "v1",
    Content(
        sources=(
            Source(
                id="plan-hgl", title="Plan van aanpak", publisher="Onderwijsregio", document="plan.pdf", as_of="2024"
            ),
        )
    ),
)


def test_what_the_catalogue_knows_of_a_source_goes_before_the_options() -> None:
    origin = origin_of(KNOWN, "plan-hgl", "haaglanden", title="Iets anders", as_of="1999")

    assert (origin.title, origin.publisher, origin.as_of) == ("Plan van aanpak", "Onderwijsregio", "2024")
    assert origin.regions == ("haaglanden",)


def test_of_an_unknown_source_the_options_are_used_and_then_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Tekst.")
    os.utime(path, (1_700_000_000, 1_700_000_000))

    given = origin_of(KNOWN, "brief", title="Brief", publisher="Gemeente", url="https://a.nl/b", as_of="2026-05")
    bare = origin_of(KNOWN, "brief")

    assert (given.title, given.publisher, given.url, given.as_of) == ("Brief", "Gemeente", "https://a.nl/b", "2026-05")
    assert bare.publisher == OWN_DOCUMENT
    assert bare.meta_of(path)["as_of"] == "2023-11-14"


@pytest.mark.parametrize(
    ("source", "region", "as_of"), [("Geen Slug", None, None), ("a", "Den Haag", None), ("a", None, "mei")]
)
def test_what_makes_no_sense_is_refused_with_an_example(source: str, region: str | None, as_of: str | None) -> None:
    with pytest.raises(OriginError, match="an id is like `plan-haaglanden-2024`"):
        origin_of(KNOWN, source, region, as_of=as_of)


def test_an_origin_never_changes() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Origin(source_id="a").title = "b"  # type: ignore[misc]
