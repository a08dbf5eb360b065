"""The lists of what asks for an editor, over a whole service."""

import csv
import io
from datetime import UTC, datetime

import pytest

from assistant.editor.upkeep import LISTS
from assistant.storage.leaning import Leaning
from knowledge.publishing.links import LinkStore, Look
from tests.assistant.editor.conftest import EditorsDesk
from tests.waiting import until

PAGE = "/desk/redactie/onderhoud"


def rows_of(desk: EditorsDesk, **asked: str) -> list[list[str]]:
    response = desk.browser.get(f"{PAGE}.csv", params=asked)
    assert response.status_code == 200
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    return rows[4:]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_a_page_and_a_table_of_the_same_length(editors_desk: EditorsDesk, name: str) -> None:
    page = editors_desk.get(f"{PAGE}?lijst={name}")

    assert f"{LISTS[name][0]} ({len(rows_of(editors_desk, lijst=name))})" in page


def test_what_is_past_its_day_is_told_where_an_editor_begins(editors_desk: EditorsDesk) -> None:
    assert f"Onderhoud ({len(rows_of(editors_desk, lijst='verouderd'))})" in editors_desk.get("/desk/redactie")


def test_what_visitors_were_answered_with_comes_first(editors_desk: EditorsDesk) -> None:
    browser = editors_desk.browser
    # Before everything is found and anything is learnt it may be answered by another record.
    assert editors_desk.app.state.knowledge.search.wait_until_built(300)
    editors_desk.app.state.knowledge.wait_until_learnt(300)
    begun = browser.post("/api/v1/conversations", json={"locale": "nl", "region": "haaglanden"}).json()
    browser.post(
        f"/api/v1/conversations/{begun['conversation_id']}/messages",
        json={"text": "wat is het wettelijk collegegeld?"},
        headers={"Authorization": f"Bearer {begun['token']}"},
    )
    editors_desk.app.state.leaning = Leaning(editors_desk.app.state.sessions)

    # What answers leaned on is counted behind the page.
    told = "1 antwoord leunde hier de laatste maand op"
    until(lambda: told in editors_desk.get(f"{PAGE}?lijst=bronnen"), "the answer that leaned on a source")
    damages = [int(row[6]) for row in rows_of(editors_desk, lijst="bronnen")]
    assert damages[0] >= 1
    assert damages == sorted(damages, reverse=True)


def test_lists_are_narrowed_down_by_sort_region_and_who_changed_it(editors_desk: EditorsDesk) -> None:
    everything = rows_of(editors_desk, lijst="ongebruikt")

    faqs = rows_of(editors_desk, lijst="ongebruikt", soort="faq")
    nobody = rows_of(editors_desk, lijst="ongebruikt", wie="-")
    somebody = rows_of(editors_desk, lijst="ongebruikt", wie="Iemand Anders")

    assert 0 < len(faqs) < len(everything)
    assert {row[0] for row in faqs} == {"Veelgestelde vragen"}
    assert len(nobody) == len(everything)
    assert somebody == []
    regions = {region for row in everything for region in row[8].split(", ") if region}
    assert len(regions) > 0
    assert not any(row[8] and "Haaglanden" not in row[8] for row in everything), "other regions are others' work"


def test_the_calendar_shows_a_month_at_a_time(editors_desk: EditorsDesk) -> None:
    everything = rows_of(editors_desk, lijst="kalender")
    month = everything[-1][4][:7]

    shown = rows_of(editors_desk, lijst="kalender", maand=month)

    assert {row[4][:7] for row in shown} == {month}
    assert [row[4] for row in everything] == sorted(row[4] for row in everything)
    assert 'aria-label="Maanden"' in editors_desk.get(f"{PAGE}?lijst=kalender&maand={month}")


def test_a_list_that_there_is_not_is_not_found(editors_desk: EditorsDesk) -> None:
    assert editors_desk.browser.get(f"{PAGE}?lijst=nergens").status_code == 404
    assert editors_desk.browser.get(f"{PAGE}.csv?lijst=nergens").status_code == 404


def test_a_link_that_may_be_dead_is_listed_with_its_history_and_told_where_an_editor_begins(
    editors_desk: EditorsDesk,
) -> None:
    store, upkeep = LinkStore(editors_desk.editorial.sessions), editors_desk.editorial.upkeep.now()
    address, keys = next((each, keys) for each, keys in upkeep.addresses.items() if keys[0].group == "sources")
    before = len(rows_of(editors_desk, lijst="verouderd"))
    for night in range(3):
        at = datetime(2026, 11, 25 + night, 3, tzinfo=UTC)
        store.note(address, Look(at=at, outcome="failed", status=404 if night else None))

    page = editors_desk.get(f"{PAGE}?lijst=links")

    assert "De site zegt dat deze pagina er niet is (404), al 3 nachten achter elkaar, voor het eerst op" in page
    assert "25-11-2026: De site gaf geen antwoord" in page
    assert f'href="{address}"' in page
    assert f"Onderhoud ({before + len(keys)})" in editors_desk.get("/desk/redactie")
    assert {row[5] for row in rows_of(editors_desk, lijst="links")} == {address}
