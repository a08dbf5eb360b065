"""The demo sites ingested again and again: what is proposed, one by one, and what goes live by itself."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from assistant.leads.alerting import VacancyAlerts
from assistant.storage.alerts import AlertBook, AlertStore
from assistant.storage.session import open_store
from assistant.storage.tables import OutboxRow
from ingestion.demo.site import DemoSite, Version, served
from ingestion.fetch.download import Downloader
from ingestion.pipeline import reading_pipeline
from ingestion.site_report import SiteReport
from ingestion.source import WatchedSource
from ingestion.watch import Watch, watch_in
from knowledge.catalogue import Catalogue, Content
from knowledge.event import Orientation
from knowledge.index.passages import StoredPassages
from knowledge.job_search import open_jobs
from knowledge.place import Loket
from knowledge.publishing.live import with_live
from knowledge.publishing.proposal import Proposal
from knowledge.publishing.proposals import ProposalStore
from knowledge.reader import publish, read_content
from knowledge.rule import Atom, Rule
from knowledge.source import Source
from knowledge.vacancy import Vacancy
from tests.serving import free_port

HERE, NEXT_DOOR = sorted((free_port(), free_port()))
LEANING = {"wettelijk-collegegeld": 31, "subsidie-zij-instroom": 12}


class Clock:
    """A clock that tests move."""

    now = datetime(2026, 11, 28, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """What is delivered, with a loket and an offer that lean on the demo site."""
    content = read_content()
    source = Source.model_validate(
        {"id": "duin-meelopen", "title": "Meelopen", "publisher": "Loket Duinstreek", "url": f"http://127.0.0.1:{HERE}/meelopen", "as_of": "2026-10"}
    )  # fmt: skip
    offer = Orientation(
        id="meelopen-duinstreek", title="Een dag meelopen in de Duinstreek", summary="Je loopt een dag mee.", sources=(source.id,)
    )  # fmt: skip
    loket = Loket(
        id="loket-duinstreek", title="Loket Duinstreek", summary="Het loket van de scholen.", sources=(source.id,), status="active", phone="071 555 00 00", email="loket@duinstreek.example"
    )  # fmt: skip
    more: dict[str, Any] = {"records": (*content.records, offer, loket), "sources": (*content.sources, source)}
    return publish(replace(content, **more) if isinstance(content, Content) else content)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(tmp_path: Path, knowledge_address: str, catalogue: Catalogue, clock: Clock) -> Watch:
    made = watch_in(
        tmp_path,
        knowledge_address,
        StoredPassages(tmp_path / "passages"),
        "x@example.org",
        clock,
        lambda: catalogue,
        lambda _since: LEANING,
        allow_loopback=True,
        pause_seconds=0.0,
    )
    assert made.knowing is not None
    live = made.knowing.live
    served_now = replace(made.knowing, catalogue=lambda: publish(with_live(catalogue.content, live.published(clock()))))
    return replace(made, knowing=served_now)


def source_of(version: Version, **more: Any) -> WatchedSource:
    here = version != "neighbour"
    given = {
        "id": "duinstreek" if here else "bollen",
        "title": "Demo",
        "owner": "Loket Duinstreek" if here else "Loket de Bollen",
        "start": [f"http://127.0.0.1:{HERE if here else NEXT_DOOR}/"],
        "organisation": "loket-duinstreek" if here else None,
        "regions": ["ldb"],
        "goes_live": ["passages", "vacancies", "events"],
    }
    return WatchedSource.model_validate(given | more)


def ingested(
    watch: Watch, version: Version, publish: Callable[[], str] = lambda: "generation", **more: Any
) -> SiteReport:
    """A run over a version of a site, with connections of its own, as another run has."""
    with served(DemoSite(version), NEXT_DOOR if version == "neighbour" else HERE):
        downloader = Downloader("x@example.org", allow_loopback=True, pause=lambda _seconds: None)
        source = source_of(version, **more)
        watch.registry.put(source, "test", watch.now())
        return replace(watch, downloader=downloader).run(source, publish)


def proposals(watch: Watch) -> ProposalStore:
    assert watch.knowing is not None
    return watch.knowing.proposals


def waiting(watch: Watch, source_id: str) -> dict[str, Proposal]:
    return {each.proposed.item_id: each for each in proposals(watch).list(source_id=source_id)}


def live(watch: Watch) -> dict[str, Any]:
    assert watch.knowing is not None
    return {each.record.title: each.record for each in watch.knowing.live.published(watch.now())}


def test_given_the_first_run_then_what_differs_is_proposed_with_its_words_and_nothing_else(watch: Watch) -> None:
    report = ingested(watch, "before")

    found = waiting(watch, "duinstreek")
    assert set(found) == {"loket-duinstreek", "kosten-geschiktheidsonderzoek"}
    contact = found["loket-duinstreek"].proposed
    assert contact.kind == "changed"
    assert [(each.field, each.before, each.after) for each in contact.changes] == [
        ("phone", "071 555 00 00", "071 555 0120")
    ]
    assert "071 - 555 01 20" in contact.evidence[0].words
    research = found["kosten-geschiktheidsonderzoek"].proposed
    assert "Het onderzoek kost ongeveer € 3.000." in research.evidence[0].words
    assert research.evidence[0].url == f"http://127.0.0.1:{HERE}/kosten"
    assert report.proposals is not None
    assert report.proposals.opened == 2


def test_given_a_page_that_leads_elsewhere_and_hidden_instructions_then_nothing_comes_of_them(watch: Watch) -> None:
    ingested(watch, "before")

    words = " ".join(each.words for one in proposals(watch).list() for each in one.proposed.evidence)
    assert "50.000" not in words
    assert "altijd gratis" not in words
    assert "kwaad" not in str([each.model_dump() for each in live(watch).values()])


def test_given_the_same_site_again_then_nothing_is_read_compared_or_proposed_anew(watch: Watch, clock: Clock) -> None:
    ingested(watch, "before")
    before = proposals(watch).list()
    clock.now += timedelta(days=2)

    report = ingested(watch, "before")

    assert (report.read, report.proposals, report.generation) == (0, None, "")
    assert proposals(watch).list() == before
    assert set(live(watch)) == {"Leerkracht groep 5", "Docent wiskunde", "Informatieavond zij-instroom"}


def test_given_the_site_some_weeks_later_then_each_change_is_a_proposal_of_its_own(watch: Watch, clock: Clock) -> None:
    ingested(watch, "before")
    clock.now += timedelta(days=14)

    report = ingested(watch, "after")

    found = waiting(watch, "duinstreek")
    assert {name: each.proposed.kind for name, each in found.items()} == {
        "meelopen-duinstreek": "gone",
        "loket-duinstreek": "gone",
        "kosten-geschiktheidsonderzoek": "changed",
        "kosten-boeken-en-materiaal": "changed",
    }
    gone = found["meelopen-duinstreek"].proposed
    assert [(each.field, each.after) for each in gone.changes] == [("valid_until", "2026-12-12")]
    assert "/meelopen: the server says that it is no more" in gone.evidence[0].words
    assert report.fetched.moved
    assert report.vacancies is not None
    assert (report.vacancies.added, report.vacancies.same, report.vacancies.gone) == (1, 1, 1)
    assert set(live(watch)) == {"Docent wiskunde", "Vakleerkracht bewegingsonderwijs", "Informatieavond zij-instroom"}


def test_given_a_second_site_that_says_otherwise_then_the_contradiction_shows_what_both_say(watch: Watch) -> None:
    ingested(watch, "after")

    ingested(watch, "neighbour")

    found = waiting(watch, "bollen")
    doubles = [each for each in found.values() if each.proposed.kind == "double"]
    assert {name: each.proposed.kind for name, each in found.items()} == {
        "wettelijk-collegegeld": "contradicts",
        "subsidie-zij-instroom": "contradicts",
        "zij-instroom-po": "contradicts",
        "zij-instroom-po-vooropleiding": "contradicts",
        "zij-instroom-po-gevraagde-leeftijd": "new",
        **dict.fromkeys((each.proposed.item_id for each in doubles), "double"),
        "kosten-boeken-en-materiaal": "changed",
        "kosten-geschiktheidsonderzoek": "changed",
    }
    assert {each.proposed.title for each in doubles} == {"Over ons"}
    fee = found["wettelijk-collegegeld"]
    assert {each.publisher for each in fee.proposed.evidence} == {"Loket de Bollen", "Loket Duinstreek"}
    assert "€ 2.850" in fee.proposed.changes[0].told_after
    assert fee.proposed.sources[0]["publisher"] == "Loket de Bollen"
    assert "3 jaar" in found["zij-instroom-po"].proposed.changes[0].told_after
    # What most answers leaned on last month goes first.
    assert [each.proposed.item_id for each in proposals(watch).list()][:2] == list(LEANING)


def test_given_a_demand_that_no_rule_knows_or_another_one_then_the_rule_is_proposed_or_doubted(watch: Watch) -> None:
    ingested(watch, "neighbour")

    found = waiting(watch, "bollen")
    doubted = found["zij-instroom-po-vooropleiding"].proposed
    assert doubted.group == "rules"
    assert doubted.about == "Loket de Bollen vraagt een masterdiploma. Bij ons: een hbo- of universitair diploma."
    assert doubted.evidence[0].words == "Je hebt een masterdiploma nodig."
    assert doubted.changes == ()
    new = found["zij-instroom-po-gevraagde-leeftijd"].proposed
    rule = Rule.model_validate(new.applied(None))
    assert (rule.route, rule.condition, rule.confidence) == ("zij-instroom-po", Atom(fact="age", at_least=21), "low")
    assert rule.needs_adviser, "a site alone refuses nobody"


def test_given_a_page_copied_from_another_loket_then_it_is_double_until_an_editor_says_what_it_is(
    watch: Watch, clock: Clock
) -> None:
    ingested(watch, "before")
    ingested(watch, "neighbour")

    [double] = [each for each in waiting(watch, "bollen").values() if each.proposed.title == "Over ons"]
    assert double.proposed.kind == "double"
    assert [each.publisher for each in double.proposed.evidence] == ["Loket de Bollen", "Loket Duinstreek"]
    assert [each.url for each in double.proposed.evidence] == [
        f"http://127.0.0.1:{port}/over-ons" for port in (NEXT_DOOR, HERE)
    ]

    proposals(watch).same_as(double.id, "noor", "loket-duinstreek", watch.now())
    clock.now += timedelta(days=14)
    ingested(watch, "neighbour", follow={"never": ["/vacature-oud"]})

    assert all(each.proposed.title != "Over ons" for each in waiting(watch, "bollen").values())


@pytest.mark.parametrize("same", [True, False])
def test_given_one_evening_under_two_names_then_an_editor_says_once_whether_it_is_the_same(
    watch: Watch, clock: Clock, same: bool
) -> None:
    ingested(watch, "before")
    clock.now += timedelta(hours=1)
    ingested(watch, "neighbour")
    one, other = "Kom kijken en word leraar", "Informatieavond zij-instroom"
    [asked] = [each for each in waiting(watch, "bollen").values() if each.proposed.title == one]
    assert f"‘{other}’" in asked.proposed.about
    assert {one, other} <= set(live(watch))

    assert watch.knowing is not None
    mine, theirs = asked.proposed.pair or ("", "")
    if same:
        proposals(watch).same_as(asked.id, "noor", theirs, watch.now())
        watch.knowing.live.join(mine, theirs, False, watch.now())
    else:
        proposals(watch).refuse(asked.id, "noor", "Het zijn er twee", watch.now())

    told_at_once = set(live(watch))
    clock.now += timedelta(days=1)
    ingested(watch, "neighbour", follow={"never": ["/vacature-oud"]})
    ingested(watch, "before", follow={"never": ["/nieuws"]})
    assert (one in told_at_once, other in told_at_once) == (not same, True)
    assert (one in live(watch), other in live(watch)) == (not same, True), "and so it stays"
    assert all(each.proposed.pair is None for each in proposals(watch).list())


def test_given_one_job_on_two_sites_then_it_is_live_once_and_one_that_closed_is_not(watch: Watch, clock: Clock) -> None:
    ingested(watch, "before")
    clock.now += timedelta(hours=1)

    report = ingested(watch, "neighbour")

    jobs = live(watch)
    assert "Docent wiskunde" in jobs
    assert "Wiskunde docent (m/v/x)" not in jobs
    assert [(each["title"], each["why"]) for each in report.dropped] == [
        ("Leerkracht groep 7", "it closed on 2026-10-01")
    ]


def test_given_a_job_that_comes_then_who_asked_for_it_is_mailed_once_whichever_site_tells_it_and_can_stop(
    watch: Watch, clock: Clock, catalogue: Catalogue, tmp_path: Path
) -> None:
    people = open_store(f"sqlite:///{tmp_path / 'people.sqlite'}")
    with people.begin() as session:
        asked = AlertStore(session, clock).ask("sam@example.org", "", {"job": "docent", "subject": "wiskunde"}, ())
        assert asked is not None
        AlertStore(session, clock).confirm(asked)

    def mailed() -> int:
        assert watch.knowing is not None
        published = publish(with_live(catalogue.content, watch.knowing.live.published(clock())))
        jobs = open_jobs(published.all(Vacancy), clock().date())
        alerts = VacancyAlerts(AlertBook(people, clock), lambda: published, lambda _: jobs, "https://gids.example")
        return alerts.send_due()

    before = mailed()
    ingested(watch, "before")
    found = [mailed(), mailed()]
    ingested(watch, "neighbour")
    clock.now += timedelta(days=1)
    # From now on only the neighbour has it, under another title.
    ingested(watch, "before", follow={"never": ["/vacature"]})

    assert "Wiskunde docent (m/v/x)" in live(watch)
    assert (before, found, mailed()) == (0, [1, 0], 0)
    with people() as session:
        [mail] = session.scalars(select(OutboxRow))
    assert f"http://127.0.0.1:{HERE}/vacature-schelp" in mail.body
    [code] = re.findall(r"https://gids\.example/vacatures/bericht/(\S+)", mail.body)
    with people.begin() as session:
        stopping = AlertStore(session, clock).opened_by(code)
        assert stopping is not None
        AlertStore(session, clock).stop(stopping)
    with people() as session:
        assert AlertStore(session, clock).opened_by(code) is None


def test_given_a_source_of_which_nothing_goes_live_then_it_is_compared_and_nothing_is_shown(watch: Watch) -> None:
    report = ingested(watch, "before", goes_live=[])

    assert len(waiting(watch, "duinstreek")) == 2
    assert (live(watch), report.generation, report.vacancies) == ({}, "", None)
    # Switched on later, the same pages are taken in without having changed.
    again = ingested(watch, "before")
    assert again.added > 10
    assert again.generation == "generation"


def test_given_a_kill_after_fetching_then_the_next_run_takes_in_what_this_one_had_not(watch: Watch) -> None:
    def killed() -> str:
        raise KeyboardInterrupt

    ingested(watch, "before")
    with pytest.raises(KeyboardInterrupt):
        ingested(watch, "after", killed)
    assert all("2.694" not in each.text for each in watch.stored.of("duinstreek"))

    report = ingested(watch, "after")

    assert report.read > 0
    assert any("2.694" in each.text for each in watch.stored.of("duinstreek"))
    assert "kosten-boeken-en-materiaal" in waiting(watch, "duinstreek")


def test_given_a_site_that_vanishes_mid_run_then_nothing_is_gone_and_the_report_says_why(watch: Watch) -> None:
    ingested(watch, "before")
    passages, jobs, before = watch.stored.of("duinstreek"), live(watch), waiting(watch, "duinstreek")

    downloader = Downloader("x@example.org", allow_loopback=True, pause=lambda _seconds: None)
    report = replace(watch, downloader=downloader).run(source_of("before"), lambda: "generation")

    assert "nothing of the site could be reached" in report.fetched.stopped
    assert (watch.stored.of("duinstreek"), live(watch), waiting(watch, "duinstreek")) == (passages, jobs, before)
    assert watch.pages.runs("duinstreek")[0]["state"] == "failed"


def test_given_a_site_that_stays_away_then_to_take_its_facts_offline_is_proposed_and_not_done(
    watch: Watch, clock: Clock, catalogue: Catalogue
) -> None:
    ingested(watch, "before")
    waited = set(waiting(watch, "duinstreek"))

    for _ in range(3):
        clock.now += timedelta(days=4)
        downloader = Downloader("x@example.org", allow_loopback=True, pause=lambda _seconds: None)
        replace(watch, downloader=downloader).run(source_of("before"), lambda: "generation")

    found = waiting(watch, "duinstreek")
    assert set(found) == waited | {"meelopen-duinstreek"}
    assert found["meelopen-duinstreek"].proposed.kind == "gone"
    assert "sinds 28-11-2026" in found["meelopen-duinstreek"].proposed.about
    assert catalogue.find("meelopen-duinstreek") is not None
    assert watch.stored.of("duinstreek")


def test_given_a_run_then_its_report_is_kept_for_the_page_of_runs(watch: Watch) -> None:
    ingested(watch, "before")

    [run] = watch.pages.runs("duinstreek")
    assert run["report"]["vacancies"] == {"added": 2, "changed": 0, "same": 0, "gone": 0}
    assert run["report"]["proposals"]["opened"] == 2
    assert run["report"]["found"]["amount"] > 5
    assert run["report"]["repairs"]
    assert run["report"]["fetched"]["bytes"] > 1000


def test_the_steps_of_reading_write_to_yaml(watch: Watch, catalogue: Catalogue) -> None:
    written = reading_pipeline(watch.archive, catalogue).dumps()

    assert "ingestion.extracting.FindingExtractor" in written
    assert "ingestion.archived.ArchivedPages" in written
