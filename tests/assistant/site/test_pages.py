"""What a visitor finds on the pages, and what happens with an address that is wrong."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar
from lxml import html

from assistant.site.calendar import calendar_file
from assistant.site.pages.agenda import agenda_page, event_page, when
from assistant.site.visit import Visit
from knowledge.catalogue import Catalogue
from knowledge.event import Event, Orientation
from knowledge.figure import Figure
from knowledge.route import Route

Open = Callable[..., html.HtmlElement]


def titles(page: html.HtmlElement, selector: str) -> list[str]:
    return [each.text_content() for each in page.cssselect(selector)]


def test_routes_are_filtered_by_sector_role_salary_and_diploma(open_page: Open, catalogue: Catalogue) -> None:
    everything = titles(open_page("/routes"), ".card__title")
    primary = titles(open_page("/routes", onderwijs="po"), ".card__title")
    paid = titles(open_page("/routes", onderwijs="po", salaris="ja"), ".card__title")
    without_degree = titles(open_page("/routes", diploma="mbo-4"), ".card__title")

    assert len(everything) == len(catalogue.all(Route))
    assert set(paid) < set(primary) < set(everything)
    assert "Zij-instroom in het basisonderwijs" in paid
    assert "Zij-instroom in het basisonderwijs" not in without_degree
    assert catalogue.get("pabo-deeltijd", Route).title in without_degree


def test_a_filter_that_we_do_not_know_is_ignored_and_told(open_page: Open) -> None:
    page = open_page("/routes", onderwijs="universum", rol="leraar")

    assert titles(page, "[role=status]") == ["De keuze bij “onderwijs” kennen we niet. Die telt nu niet mee."]
    assert page.cssselect("#veld-rol option[selected]")[0].get("value") == "leraar"
    assert page.cssselect(".card")


def test_a_region_goes_along_through_the_pages(open_page: Open) -> None:
    page = open_page("/routes/pabo-deeltijd", regio="ldb")

    inside = [each for each in page.xpath("//main//a/@href|//header//a/@href") if each.startswith("/")]
    others = set(page.xpath("//details[@class='region']//a/@href"))
    assert all("regio=ldb" in each for each in inside if each not in others)
    assert page.xpath("//loket-gids/@region") == ["ldb"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://gids.example.org/routes/pabo-deeltijd"]


def test_a_region_that_we_do_not_know_is_told(open_page: Open) -> None:
    page = open_page("/routes", regio="atlantis")

    assert titles(page, "[role=status]") == ["Die regio kennen we niet. Je ziet nu alle regio's."]
    assert page.xpath("//loket-gids/@region") == ["haaglanden"]


def test_programmes_of_the_own_region_come_first(open_page: Open) -> None:
    page = open_page("/routes/pabo-deeltijd", regio="haaglanden")

    assert titles(page, ".programmes__head")[0] == "In of dicht bij Haaglanden"
    nearest = page.cssselect(".programmes__head + .programmes")[0]
    assert any("Den Haag" in each for each in titles(nearest, ".programme__brief"))


def test_a_scheme_of_another_region_is_not_on_a_route(open_page: Open) -> None:
    allowance = "a[href^='/subsidies/stagevergoeding-haaglanden']"

    assert open_page("/routes/pabo-voltijd", regio="haaglanden").cssselect(allowance)
    assert not open_page("/routes/pabo-voltijd", regio="hak").cssselect(allowance)


def test_a_place_has_its_loket_and_the_reason(open_page: Open) -> None:
    page = open_page("/loketten", plaats="rokkeveen", onderwijs="po")

    [yours] = page.cssselect("#mijn-loket")
    assert "Jouw loket voor Zoetermeer" in yours.text_content()
    assert "Waarom dit loket?" in yours.text_content()
    assert yours.cssselect("h3 a")[0].get("href").startswith("/loketten/")


def test_a_place_with_a_typing_error_is_offered_as_it_is_written(open_page: Open) -> None:
    page = open_page("/loketten", plaats="Zoetermeeeer")

    assert "Zoetermeer" in titles(page, ".notice--mind a")
    told = page.cssselect("#mijn-loket")[0].text_content()
    assert "Hier kun je altijd terecht" in told
    assert "buiten onze regio's" not in told


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "x" * 500, "\u202egnirts", "' OR 1=1 --", "%00"])
def test_what_is_typed_stays_text(visitor: TestClient, typed: str) -> None:
    answer = visitor.get("/loketten", params={"plaats": typed, "regio": typed, "onderwijs": typed})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("address", ["/routes/", "/routes/x%00y", "/kosten/../desk", "/agenda/.ics", "/loketten/😀"])
def test_an_odd_address_is_a_page_or_nothing(visitor: TestClient, address: str) -> None:
    answer = visitor.get(address)

    assert answer.status_code in (200, 404)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("/routes/zij-instrom-po", "/routes/zij-instroom-po"),
        ("/routes/zij-instrom", "/routes/zij-instroom-po"),
        ("/subsidies/lerarenburs", "/subsidies/lerarenbeurs"),
        ("/kosten/wettelijk-colegegeld", "/kosten/wettelijk-collegegeld"),
        ("/routes/wettelijk-collegegeld", "/kosten/wettelijk-collegegeld"),
    ],
)
def test_an_address_that_holds_nothing_offers_what_looks_like_it(visitor: TestClient, wrong: str, right: str) -> None:
    answer = visitor.get(wrong)

    assert answer.status_code == 404
    page = html.fromstring(answer.text)
    assert page.findtext(".//h1") == "Deze pagina is er niet"
    assert right in page.xpath("//main//ul[@class='links']//a/@href")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert answer.headers["cache-control"] == "no-store"


def test_an_address_that_nobody_has_is_a_page_for_a_browser_and_a_problem_for_a_program(visitor: TestClient) -> None:
    page = visitor.get("/rutes", headers={"accept": "text/html,*/*;q=0.8"})
    program = visitor.get("/rutes", headers={"accept": "application/json"})
    api = visitor.get("/api/v1/rutes", headers={"accept": "text/html"})

    assert page.status_code == program.status_code == api.status_code == 404
    assert "Deze pagina is er niet" in page.text
    assert "/routes" in html.fromstring(page.text).xpath("//main//ul[@class='links']//a/@href")
    assert program.headers["content-type"] == api.headers["content-type"] == "application/problem+json"


def test_the_agenda_holds_what_is_still_to_come_in_the_order_of_the_days(
    visit: Callable[..., Visit], catalogue: Catalogue
) -> None:
    page = agenda_page(visit("/agenda", on=date(2026, 9, 1)), "")
    late = agenda_page(visit("/agenda", on=date(2100, 1, 1)), "")

    days = [event.iso for event in page.events]
    assert days == sorted(days)
    assert len(days) == sum(not event.is_over(date(2026, 9, 1)) for event in catalogue.all(Event))
    assert late.events == ()
    assert {card.title for card in late.offers} == {
        each.title for each in catalogue.all(Orientation) if each.status == "active"
    }


def test_an_event_that_is_over_says_so(visit: Callable[..., Visit], catalogue: Catalogue) -> None:
    event = catalogue.all(Event)[0]

    page = event_page(visit(f"/agenda/{event.id}", on=date(2100, 1, 1)), event)

    assert page.over == "Dit is al geweest."
    assert page.calendar == ""
    assert not page.shell.is_indexed


def _event(**fields: object) -> Event:
    given = {
        "id": "avond",
        "title": "Avond, met; tekens",
        "summary": "Een avond voor deze proef.",
        "sources": ("bron",),
    }
    return Event.model_validate({**given, "place": "Delft", **fields})


def test_an_event_without_an_hour_takes_whole_days_in_a_calendar() -> None:
    event = _event(starts_at=datetime(2027, 3, 8), ends_at=datetime(2027, 3, 9))  # noqa: DTZ001

    [entry] = Calendar.from_ical(calendar_file(event, "https://x.nl/agenda/avond", date(2026, 9, 1))).walk("VEVENT")

    assert entry["summary"] == "Avond, met; tekens"
    assert entry["dtstart"].dt == date(2027, 3, 8)
    assert entry["dtend"].dt == date(2027, 3, 10)
    assert when(event) == "Maandag 8 maart 2027 tot en met dinsdag 9 maart 2027"


def test_an_event_with_hours_is_at_dutch_time() -> None:
    event = _event(starts_at=datetime(2027, 6, 7, 19, 30), ends_at=datetime(2027, 6, 7, 21))  # noqa: DTZ001

    [entry] = Calendar.from_ical(calendar_file(event, "https://x.nl/agenda/avond", date(2026, 9, 1))).walk("VEVENT")

    assert entry["dtstart"].dt.isoformat() == "2027-06-07T19:30:00+02:00"
    assert when(event) == "Maandag 7 juni 2027, 19.30 tot 21.00 uur"


def test_a_calendar_file_is_downloaded(visitor: TestClient, catalogue: Catalogue) -> None:
    event = max(catalogue.all(Event), key=lambda each: each.starts_at)
    answer = visitor.get(f"/agenda/{event.id}.ics")

    if event.is_over(date.today()):  # noqa: DTZ011 - the application's own clock decides
        assert answer.status_code == 404
    else:
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert answer.headers["content-disposition"] == f'attachment; filename="{event.id}.ics"'
        assert answer.text.startswith("BEGIN:VCALENDAR")


def test_every_figure_is_on_the_page_of_its_topic_with_area_year_kind_and_source(
    visitor: TestClient, catalogue: Catalogue
) -> None:
    pages: dict[str, html.HtmlElement] = {}
    for figure in catalogue.all(Figure):
        measure = figure.measure.value
        if measure not in pages:
            pages[measure] = html.fromstring(visitor.get("/cijfers", params={"maat": measure}).text)
        [row] = pages[measure].xpath("//tr[@id=$id]", id=figure.id)
        text = " ".join(row.text_content().split())
        assert figure.in_words() in text
        assert figure.area[1:] in text
        assert figure.year[:4] in text
        assert catalogue.source_of(figure).publisher in text
        assert ("Verwachting" in text) == (figure.nature == "forecast")
        assert ("Doel" in text) == (figure.nature == "target")


def test_figures_of_a_city_and_a_region_are_never_in_one_plot(open_page: Open, catalogue: Catalogue) -> None:
    scopes = {figure.area: figure.scope for figure in catalogue.all(Figure)}
    for chart in open_page("/cijfers", maat="lerarentekort").cssselect("svg.bars"):
        told = chart.get("aria-label")
        assert len({scope for area, scope in scopes.items() if f"{area[1:]}, 20" in told}) <= 1


def test_figures_are_filtered_by_region_sector_and_year(open_page: Open, catalogue: Catalogue) -> None:
    page = open_page("/cijfers", maat="lerarentekort", regio="ldb", onderwijs="po", jaar="2025")

    shown = {each.get("id") for each in page.cssselect("tbody tr")}
    assert shown == {
        each.id
        for each in catalogue.all(Figure)
        if each.measure == "lerarentekort" and each.holds_in("ldb") and each.year == "2025" and "po" in each.sectors
    }
    assert shown


def test_nothing_found_is_said_with_a_way_on(open_page: Open) -> None:
    page = open_page("/cijfers", maat="verzuim", regio="haaglanden")

    assert page.cssselect(".empty")


def test_vacancies_lead_to_where_schools_look(open_page: Open) -> None:
    page = open_page("/vacatures", regio="ldb")

    assert "Wij hebben nu geen losse vacatures" in page.text_content()
    assert page.cssselect("#vacatures-ldb")
    assert page.cssselect("section[aria-labelledby=kop-hulp] .card")


def test_search_engines_are_told_what_there_is(visitor: TestClient, catalogue: Catalogue) -> None:
    sitemap = html.fromstring(visitor.get("/sitemap.xml").content)
    robots = visitor.get("/robots.txt").text

    addresses = sitemap.xpath("//loc/text()")
    assert len(addresses) == len(set(addresses))
    assert {f"https://gids.example.org/routes/{each.id}" for each in catalogue.all(Route)} <= set(addresses)
    assert "Disallow: /desk" in robots
    assert robots.rstrip().endswith("Sitemap: https://gids.example.org/sitemap.xml")


@pytest.mark.parametrize("path", ["/routes", "/routes/zij-instroom-po", "/cijfers", "/sitemap.xml", "/robots.txt"])
def test_a_page_is_sent_once_and_compressed(visitor: TestClient, path: str) -> None:
    first = visitor.get(path, headers={"accept-encoding": "gzip"})
    again = visitor.get(path, headers={"if-none-match": first.headers["etag"]})
    plain = visitor.get(path, headers={"accept-encoding": "identity"})
    head = visitor.head(path)

    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["cache-control"] == "public, max-age=300"
    assert "Accept-Encoding" in first.headers["vary"]
    assert (again.status_code, again.content) == (304, b"")
    assert plain.text == first.text
    assert head.status_code == 200


def test_the_stylesheet_is_kept_for_a_year_under_an_address_of_its_own(visitor: TestClient, open_page: Open) -> None:
    # The colours of a region are small, and change when an editor changes them.
    sheets = open_page("/routes").xpath("//link[@rel='stylesheet']/@href")
    [address] = [each for each in sheets if not each.startswith("/brand/")]

    answer = visitor.get(address)

    assert answer.headers["content-type"].startswith("text/css")
    assert "max-age=31536000" in answer.headers["cache-control"]


def test_a_route_shows_how_long_it_takes_in_words_and_on_a_line_of_years(open_page: Open) -> None:
    page = open_page("/routes/pabo-deeltijd")

    [row] = page.cssselect("#tijd .time__row")
    assert row.cssselect("p")[0].text_content() == "Duur: 2 tot 4 jaar"
    [sure], [more] = row.cssselect(".time__sure"), row.cssselect(".time__more")
    assert (sure.get("x"), sure.get("width")) == ("0.0%", "40.0%")
    assert (more.get("x"), more.get("width")) == ("40.0%", "40.0%")
    assert [each.text for each in page.cssselect(".time__numbers text")] == ["nu", "1", "2", "3", "4", "5 jaar"]
    assert {each.get("aria-hidden") for each in page.cssselect("#tijd svg")} == {"true"}
