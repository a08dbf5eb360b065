"""The sources that are watched: as delivered, as changed, and when they are due."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from ingestion.compare.said import host
from ingestion.registry import DELIVERED, SourceProblem, SourceRegistry, delivered_sources
from ingestion.source import WatchedSource
from ingestion.store.session import open_knowledge
from knowledge.place import Institution, Loket, Region
from knowledge.reader import CONTENT, read_catalogue

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def made(source_id: str, **given: object) -> WatchedSource:
    """An active source."""
    return WatchedSource.model_validate(
        {"id": source_id, "title": "Proef", "owner": "Proef", "start": ["https://proef.nl"], "status": "active"} | given
    )


@pytest.fixture
def registry(knowledge_address: str) -> SourceRegistry:
    """Three sources, in a store of its own."""
    delivered = {each: made(each) for each in ("a", "b", "c")}
    return SourceRegistry(open_knowledge(knowledge_address), delivered)


def test_given_the_delivered_content_when_read_then_every_loket_region_and_institution_with_a_site_is_watched() -> None:
    catalogue, sources = read_catalogue(CONTENT), delivered_sources()
    organisations = {each.organisation for each in sources.values()}
    with_a_site = [each.id for kind in (Loket, Region, Institution) for each in catalogue.all(kind) if each.url]
    assert len(with_a_site) >= 75
    assert [each for each in with_a_site if each not in organisations] == []
    assert [each for each in organisations if each and catalogue.find(each) is None] == []


def test_given_the_facts_beside_the_project_when_read_then_every_site_in_them_is_watched() -> None:
    facts = Path(__file__).resolve().parents[3] / "shared" / "facts" / "regions.yaml"
    if not facts.exists():
        pytest.skip(f"the facts about regions are not in {facts}")
    told = yaml.safe_load(facts.read_text(encoding="utf-8"))
    named = {
        str(each.get("name")): host(each["website"])
        for part in ("regions", "loketten", "loketten_elsewhere", "institutions", "orientation_offers_and_events")
        for each in told[part]
        # What has ended is watched no more; the one for work in health care is an example, and no source of ours.
        if each.get("website") and each.get("status") != "ended" and each.get("id") != "zorgstart"
    }
    watched = {host(address) for each in delivered_sources().values() for address in each.addresses}

    assert len(named) > 35
    assert {name: site for name, site in named.items() if site not in watched} == {}


def test_given_the_delivered_sources_when_read_then_only_lokets_and_regions_of_ours_are_quoted_by_themselves() -> None:
    quoted = [each for each in delivered_sources().values() if "passages" in each.goes_live]
    assert quoted
    assert all(each.organisation and each.regions and each.status == "active" for each in quoted)


def test_given_a_changed_source_when_listed_then_it_stands_in_the_place_of_the_delivered_one(
    registry: SourceRegistry,
) -> None:
    registry.put(made("b", title="Anders"), "operator", NOW)
    registry.put(made("d"), "operator", NOW)
    assert [(each.id, each.title) for each in registry] == [
        ("a", "Proef"),
        ("b", "Anders"),
        ("c", "Proef"),
        ("d", "Proef"),
    ]
    with pytest.raises(SourceProblem, match="no source 'x'"):
        registry.get("x")


def test_given_when_sources_were_fetched_when_asked_then_the_due_ones_come_longest_ago_first(
    registry: SourceRegistry,
) -> None:
    registry.put(made("d", status="paused"), "operator", NOW)
    ended = {"a": NOW - timedelta(days=6, hours=23), "b": NOW - timedelta(days=7)}
    assert [each.id for each in registry.due(NOW, ended)] == ["c", "b"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("- {id: x, title: Proef, owner: Proef, start: []}", "start"),
        ("- {id: x, title: Proef, owner: Proef, start: ['ftp://x.nl']}", "start"),
        ("- {id: X, title: Proef, owner: Proef, start: ['https://x.nl']}", "id"),
        ("- {id: x, title: Proef, owner: Proef, start: ['https://x.nl'], goes_live: [routes]}", "goes_live"),
        ("- &a {id: x, title: Proef, owner: Proef, start: ['https://x.nl']}\n- *a", "twice"),
    ],
)
def test_given_a_wrong_source_when_read_then_file_and_field_are_named(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "fout.yaml").write_text(line, encoding="utf-8")
    with pytest.raises(SourceProblem, match=rf"fout\.yaml.*{told}"):
        delivered_sources(tmp_path)


def test_given_the_delivered_files_when_read_then_no_address_is_watched_by_two_active_sources() -> None:
    assert DELIVERED.is_dir()
    starts = [start for each in delivered_sources().values() if each.status == "active" for start in each.addresses]
    assert [each for each in set(starts) if starts.count(each) > 1] == []
