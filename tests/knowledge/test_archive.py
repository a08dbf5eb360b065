"""A published catalogue is read back as it was, or not at all."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from knowledge.archive import CatalogueArchive
from knowledge.catalogue import Catalogue

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> CatalogueArchive:
    return CatalogueArchive(tmp_path / "catalogues")


def _spoil(archive: CatalogueArchive, version: str, change: Any) -> None:
    file = archive.folder / f"{version}.json.gz"
    groups = json.loads(gzip.decompress(file.read_bytes()))
    change(groups)
    file.write_bytes(gzip.compress(json.dumps(groups).encode()))


def test_what_was_kept_is_read_back_word_for_word(archive: CatalogueArchive, catalogue_of_content: Catalogue) -> None:
    assert archive.keep(catalogue_of_content, NOW) is True
    assert archive.keep(catalogue_of_content, NOW) is False

    found = archive.find(catalogue_of_content.version)

    assert found is not None
    assert found.content == catalogue_of_content.content
    assert found.version == catalogue_of_content.version


@pytest.mark.parametrize("version", ["000000000000", "../people", "", "0" * 500])
def test_a_version_that_is_not_there_is_none(archive: CatalogueArchive, version: str) -> None:
    assert archive.find(version) is None


def test_a_file_that_was_changed_cut_off_or_made_by_other_code_is_not_used(
    archive: CatalogueArchive, catalogue_of_content: Catalogue
) -> None:
    version = catalogue_of_content.version
    file = archive.folder / f"{version}.json.gz"

    def spoilt(change: Any) -> bool:
        file.unlink(missing_ok=True)
        archive.keep(catalogue_of_content, NOW)
        _spoil(archive, version, change)
        return archive.find(version) is None

    assert spoilt(lambda groups: groups["rules"].pop())
    assert spoilt(lambda groups: groups["records"][0].update(kind="iets-anders"))
    assert spoilt(lambda groups: groups["records"][0].update(kleur="rood"))
    assert spoilt(lambda groups: groups.pop("records"))
    assert spoilt(lambda groups: groups.update(meer=[]))
    file.write_bytes(file.read_bytes()[:2000])
    assert archive.find(version) is None


def test_what_has_not_been_published_for_long_enough_is_removed(
    archive: CatalogueArchive, catalogue_of_content: Catalogue
) -> None:
    archive.keep(catalogue_of_content, NOW)

    assert archive.drop_unused_since(NOW - timedelta(days=1)) == 0
    archive.keep(catalogue_of_content, NOW + timedelta(days=300))
    assert archive.drop_unused_since(NOW + timedelta(days=299)) == 0
    assert archive.drop_unused_since(NOW + timedelta(days=301)) == 1
    assert archive.find(catalogue_of_content.version) is None
