"""Vacancies and events that go live by themselves, until they are over."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from knowledge.catalogue import Content
from knowledge.event import Event
from knowledge.publishing.delivered import Delivered
from knowledge.publishing.live import LiveStore, Sighting, with_live
from knowledge.publishing.publishing import Publisher
from knowledge.publishing.session import open_publishing
from knowledge.source import Source
from knowledge.vacancy import Vacancy

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


def seen(job_id: str, cluster: str = "", **more: Any) -> Sighting:
    origin = Source.model_validate(
        {"id": f"{job_id}-bron", "title": "Werken bij", "publisher": "Site", "url": f"https://a.example/{job_id}", "as_of": "2026-11-28"}
    )  # fmt: skip
    given = {
        "id": job_id,
        "title": "Leerkracht groep 5",
        "summary": "Een school zoekt een collega.",
        "employer": "De Duinroos",
    }
    record = Vacancy.model_validate({**given, "sources": [origin.id], "regions": ["haaglanden"], **more})
    return Sighting(record, origin, cluster)


@pytest.fixture
def store(knowledge_address: str) -> LiveStore:
    return LiveStore(open_publishing(knowledge_address))


def shown(store: LiveStore, now: datetime = NOW) -> list[str]:
    return [each.record.id for each in store.published(now)]


def test_given_runs_when_jobs_come_change_and_go_then_each_is_counted(store: LiveStore) -> None:
    first = store.replace("a", "vacancy", [seen("een"), seen("twee")], NOW)
    second = store.replace("a", "vacancy", [seen("een", fte="0,8 fte"), seen("drie")], NOW + timedelta(days=1))

    assert (first.added, first.gone) == (2, 0)
    assert (second.added, second.changed, second.same, second.gone) == (1, 1, 0, 1)
    assert shown(store, NOW + timedelta(days=1)) == ["een", "drie"]


def test_given_a_job_on_two_sites_then_it_is_shown_once_and_the_other_takes_over_when_the_first_is_gone(
    store: LiveStore,
) -> None:
    store.replace("a", "vacancy", [seen("bij-a")], NOW)
    store.replace("b", "vacancy", [seen("bij-b", cluster="bij-a")], NOW + timedelta(hours=1))
    assert shown(store, NOW + timedelta(hours=2)) == ["bij-a"]

    store.replace("a", "vacancy", [], NOW + timedelta(hours=3))
    [told] = store.published(NOW + timedelta(hours=4))
    assert told.source_id == "b"
    assert told.record.sources == ("bij-b-bron",)
    assert told.record.id == "bij-a", "its address and who was mailed about it go by what it was met as first"


def test_given_two_that_an_editor_calls_the_same_then_the_first_met_is_told_at_once_and_after_the_next_run(
    store: LiveStore,
) -> None:
    store.replace("a", "vacancy", [seen("bij-a")], NOW)
    store.replace("b", "vacancy", [seen("bij-b", title="Juf of meester")], NOW + timedelta(hours=1))
    assert shown(store) == ["bij-a", "bij-b"]

    store.join("bij-b", "bij-a", False, NOW + timedelta(hours=2))
    assert shown(store) == ["bij-a"]
    store.replace("b", "vacancy", [seen("bij-b", title="Juf of meester")], NOW + timedelta(hours=3))
    assert shown(store) == ["bij-a"]

    # And apart again, should they be told so: its own name as the name of the cluster.
    counted = store.replace("b", "vacancy", [seen("bij-b", "bij-b", title="Juf of meester")], NOW + timedelta(hours=4))
    assert counted.changed == 1
    assert shown(store) == ["bij-a", "bij-b"]


def test_given_one_that_our_editors_have_too_then_it_goes_and_one_that_nobody_else_has_stays(store: LiveStore) -> None:
    store.replace("a", "vacancy", [seen("bij-a"), seen("twee")], NOW)

    store.join("bij-a", "van-onszelf", True, NOW)
    store.join("twee", "weet-niemand-meer", False, NOW)

    assert shown(store) == ["twee"]


def test_given_a_last_day_that_has_passed_or_a_site_not_seen_for_long_then_it_is_not_shown(store: LiveStore) -> None:
    store.replace("a", "vacancy", [seen("sluit", closes_on="2026-12-01"), seen("open")], NOW)

    assert shown(store, NOW + timedelta(days=3)) == ["open", "sluit"]
    assert shown(store, NOW + timedelta(days=4)) == ["open"]
    assert shown(store, NOW + timedelta(days=60)) == []


def test_given_a_change_then_running_servers_notice_and_without_one_they_do_not(
    store: LiveStore, knowledge_address: str, delivered: Delivered
) -> None:
    publisher = Publisher(open_publishing(knowledge_address), delivered, lambda: NOW)
    before = publisher.signal()
    store.replace("a", "vacancy", [seen("een")], NOW)
    after = publisher.signal()
    store.replace("a", "vacancy", [seen("een")], NOW)

    assert after > before
    assert publisher.signal() == after
    assert publisher.catalogue().find("een") is not None
    assert publisher.catalogue().sources["een-bron"].publisher == "Site"
    assert all(each.id != "een" for each in publisher.content().records)


def test_given_live_records_that_would_not_be_sound_then_they_are_left_out(
    store: LiveStore, delivered: Delivered
) -> None:
    taken = delivered.content.records[0].id
    event = Event.model_validate(
        {"id": "avond", "title": "Informatieavond", "summary": "Kom langs op een avond.", "sources": ["avond-bron"], "starts_at": "2026-12-09T19:30:00", "place": "Delft", "lokets": ["geen-loket"]}
    )  # fmt: skip
    origin = Source(id="avond-bron", title="Agenda", publisher="Site", document="Agenda", as_of="2026")
    store.replace(
        "a",
        "vacancy",
        [seen(taken), seen("ver", regions=["mars"]), seen("vak", subjects=["toveren"]), seen("goed")],
        NOW,
    )
    store.replace("a", "event", [Sighting(event, origin)], NOW)

    content: Content = with_live(delivered.content, store.published(NOW))

    added = {each.id for each in content.records} - {each.id for each in delivered.content.records}
    assert added == {"goed"}
