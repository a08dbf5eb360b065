"""The keuzewijzer on the desk, as a browser without JavaScript sends it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html
from PIL import Image

from assistant.app import create_app
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.session import open_store

PASSWORD = "een lang genoeg wachtwoord"
Send = Callable[..., Any]


@pytest.fixture(scope="module")
def desk(installed: Path) -> Iterator[TestClient]:
    """An adviser who is logged in on the real application."""
    settings = Settings(var=installed, embedder="none", rate_limit="off")
    with open_store(settings.people_address).begin() as session:
        AccountStore(session).add("kim@example.org", "Kim de Boer", ("ldb",), PASSWORD)
    with TestClient(create_app(settings), follow_redirects=False) as client:
        token = re.search(r'name="token" value="([^"]+)"', client.get("/desk/login").text)
        assert token is not None
        answer = client.post("/desk/login", data={"email": "kim@example.org", "password": PASSWORD, "token": token[1]})
        assert answer.status_code == 303
        yield client


@pytest.fixture
def send(desk: TestClient) -> Send:
    """Sends the form with what is given in place of what is good."""

    def go(logo: bytes | None = None, **fields: Any) -> Any:
        page = html.fromstring(desk.get("/desk/keuzewijzer?sector=po&region=ldb").text)
        csrf = page.xpath("//form[@method='post' and contains(@class, 'maker')]//input[@name='csrf']/@value")[0]
        good = {"csrf": csrf, "step": "voorbeeld", "sector": "po", "region": "ldb", "board": "De Zonnewijzer"}
        good["route"] = ["zij-instroom-po", "pabo-deeltijd"]
        files = {"logo": ("logo.png", logo)} if logo is not None else {"logo": ("", b"")}
        return desk.post("/desk/keuzewijzer", data=good | fields, files=files)

    return go


@pytest.fixture(scope="module")
def logo(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A good picture."""
    file = tmp_path_factory.mktemp("logo") / "logo.png"
    Image.new("RGB", (200, 80), "#123456").save(file)
    return file.read_bytes()


def test_who_is_not_logged_in_goes_to_the_login_page(installed: Path) -> None:
    with TestClient(create_app(Settings(var=installed, embedder="none")), follow_redirects=False) as stranger:
        asked = stranger.get("/desk/keuzewijzer?sector=po&region=ldb")
        sent = stranger.post("/desk/keuzewijzer", data={"sector": "po"})

    assert asked.headers["location"].startswith("/desk/login?next=%2Fdesk%2Fkeuzewijzer")
    assert sent.status_code == 303


def test_first_the_schools_are_asked_and_then_the_routes(desk: TestClient) -> None:
    first = html.fromstring(desk.get("/desk/keuzewijzer").text)
    then = html.fromstring(desk.get("/desk/keuzewijzer?sector=po&region=ldb").text)

    assert not first.cssselect("form.maker")
    assert first.xpath("//select[@name='region']/option[@selected]/@value") == ["ldb"]
    assert then.xpath("//input[@name='route' and @checked]/@value")[:2] == ["zij-instroom-po", "versneld-voor-de-klas"]


def test_a_sector_or_region_that_is_not_there_is_asked_again(desk: TestClient) -> None:
    for query in ("sector=xx&region=ldb", "sector=po&region=mars", "sector=<script>&region="):
        page = desk.get(f"/desk/keuzewijzer?{query}")

        assert page.status_code == 200
        assert not html.fromstring(page.text).cssselect("form.maker")


def test_the_document_is_shown_and_its_choices_go_along_to_the_download(send: Send, logo: bytes) -> None:
    answer = send(logo)

    page = html.fromstring(answer.text)
    assert answer.status_code == 200
    assert page.xpath("//article//h1/text()") == ["Keuzewijzer basisonderwijs"]
    assert page.xpath("//img/@alt") == ["Logo van De Zonnewijzer"]
    form = page.cssselect("form.preview")[0]
    kept = {name: form.xpath(f".//input[@name='{name}']/@value") for name in ("route", "board", "sector", "kept_logo")}
    assert kept["route"] == ["zij-instroom-po", "pabo-deeltijd"]
    pdf = send(step="pdf", kept_logo=kept["kept_logo"][0])
    assert pdf.headers["content-type"] == "application/pdf"
    assert re.fullmatch(
        r'attachment; filename="keuzewijzer-po-ldb-\d{4}-\d\d-\d\d\.pdf"', pdf.headers["content-disposition"]
    )
    assert pdf.headers["cache-control"] == "no-store"
    assert pdf.content.startswith(b"%PDF-")
    assert len(pdf.content) > len(send(step="pdf").content), "the logo went along"


def test_the_file_to_keep_is_sent_as_a_download(send: Send) -> None:
    answer = send(step="html")

    assert answer.headers["content-disposition"].endswith('.html"')
    assert answer.text.startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"board": ""}, "Vul de naam"),
        ({"board": "a" * 500}, "te lang"),
        ({"route": []}, "Kies minstens één route"),
        ({"route": ["bestaat-niet"]}, "kennen we niet"),
        ({"route": ["pdg-mbo-zij-instroom"]}, "niet voor basisonderwijs"),
        ({"region": "mars"}, "Kies een regio"),
        ({"kept_logo": "%%%"}, "beschadigd"),
        ({"kept_logo": "aGFsbG8="}, "geen PNG, JPEG of SVG"),
    ],
)
def test_a_mistake_comes_back_with_the_form_and_what_was_typed(send: Send, fields: dict[str, Any], says: str) -> None:
    answer = send(**fields)

    page = html.fromstring(answer.text)
    assert answer.status_code == 422
    assert says in page.cssselect("[role=alert]")[0].text_content()
    if page.cssselect("form.maker"):
        assert page.xpath("//input[@name='board']/@value") == [fields.get("board", "De Zonnewijzer")]


@pytest.mark.parametrize(("picture", "says"), [(b"geen plaatje", "geen PNG"), (b"x" * 900_000, "te groot")])
def test_a_bad_logo_is_named_and_the_document_is_made_without_it_if_asked(
    send: Send, picture: bytes, says: str
) -> None:
    refused = send(picture)
    left_out = send(picture, without_logo="true")

    assert refused.status_code == 422
    assert says in html.fromstring(refused.text).cssselect("#fout-logo")[0].text_content()
    assert left_out.status_code == 200
    assert "zonder logo" in html.fromstring(left_out.text).cssselect("[role=status]")[0].text_content()


def test_far_too_large_a_body_is_refused_before_it_is_read(send: Send) -> None:
    assert send(b"x" * 4_000_000).status_code == 413


def test_markup_in_a_name_is_shown_and_does_nothing(send: Send) -> None:
    answer = send(board='<script>alert(1)</script>"><img src=x onerror=alert(1)>#eval("1")')

    page = html.fromstring(answer.text)
    assert not page.xpath("//script | //img[@onerror]")
    assert page.cssselect(".kw-board")[0].text_content().startswith("<script>alert(1)</script>")


def test_signs_that_cannot_be_printed_are_left_out_and_that_is_said(send: Send) -> None:
    page = html.fromstring(send(board="Zonne🌻wijzer").text)

    assert page.cssselect(".kw-board")[0].text_content() == "Zonnewijzer"
    assert "weggelaten" in page.cssselect("[role=status]")[0].text_content()


def test_the_way_back_keeps_everything(send: Send, logo: bytes) -> None:
    kept = html.fromstring(send(logo).text).xpath("//input[@name='kept_logo']/@value")[0]

    page = html.fromstring(send(step="terug", kept_logo=kept, route=["pabo-deeltijd"]).text)

    assert page.xpath("//input[@name='route' and @checked]/@value") == ["pabo-deeltijd"]
    assert page.xpath("//input[@name='kept_logo']/@value") == [kept]


def test_a_form_without_its_token_is_refused(desk: TestClient) -> None:
    assert desk.post("/desk/keuzewijzer", data={"sector": "po", "csrf": "x"}).status_code == 403
