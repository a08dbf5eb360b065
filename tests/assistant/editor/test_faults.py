"""What editors and others send that is not right: pastes, scripts, forms of others, clocks that jump."""

import html
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.routing import APIRoute
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.markup import text_block
from assistant.editor.pasted import as_markdown
from assistant.editor.reading import as_before
from assistant.editor.steps import _moment
from assistant.site.rendering import markdown
from knowledge.article import Article
from knowledge.catalogue import Catalogue
from knowledge.publishing.errors import EditorialProblem
from knowledge.publishing.item import ItemKey
from knowledge.publishing.revisions import Editor
from tests.assistant.editor.conftest import EditorsDesk

NOOR = Editor("1", "Noor")
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--><h2 style='mso-x:1'>Wat het kost</h2>
<p class=MsoNormal><b>Let op:</b> dit is<o:p></o:p>&nbsp;belangrijk.<script>alert(1)</script></p>
<ul><li class=MsoListParagraph>boeken</li><li>reizen</li></ul><p><a href="javascript:alert(1)">kwaad</a>
<a href="https://duo.nl">DUO</a><img src=x onerror=alert(1)></p></body></html>"""


def test_a_paste_from_word_is_clean_markdown() -> None:
    made = as_markdown(WORD)
    assert "## Wat het kost" in made
    assert "**Let op:**" in made
    assert "- boeken\n- reizen" in made
    assert "[DUO](https://duo.nl)" in made
    for left in ("<", "Mso", "script", "alert", "javascript", "margin", "o:p", "\u00a0"):
        assert left not in made, left
    bullets = "Neem mee:\r\n•\tje diploma\r\n\uf0b7\u00a0je paspoort\r\no\teen pen\r\n\r\n\r\n\r\nTot\u00ad dan\u200b."
    assert as_markdown(bullets) == "Neem mee:\n- je diploma\n- je paspoort\n- een pen\n\nTot dan."


@pytest.mark.parametrize(
    "plain", ["## Kop\nTekst, 2 < 3 en 4 > 3.\n\n- een\n- twee", "o ja, dat kan", "Kies a <b> of c", "1. een\n2. twee"]
)
def test_what_is_markdown_already_stays_as_it_was_typed(plain: str) -> None:
    assert as_markdown(plain) == plain


@given(st.text(max_size=300))
def test_cleaning_twice_is_cleaning_once_and_never_fails_on_plain_text(text: str) -> None:
    once = as_markdown(text)
    assert as_markdown(once) == once or "</" in text


def test_every_body_of_the_content_is_clean_already(catalogue_of_content: Catalogue) -> None:
    for record in catalogue_of_content:
        assert as_markdown(record.body) == record.body.strip(), record.id


def test_only_what_was_changed_is_cleaned() -> None:
    before = {"body": "Oud\u00a0en vertrouwd"}
    assert as_before(Article, {"body": "Oud\u00a0en vertrouwd\n"}, before) == before
    assert as_before(Article, {"body": "Nieuw\u00a0en schoon"}, before) == {"body": "Nieuw en schoon"}


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>",
        "![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)", "<iframe srcdoc='<script>alert(1)</script>'>",
        "<a href='jAvAsCrIpT:alert(1)'>x</a>", "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "[x]: javascript:alert(1)\n\n[x][x]", "<style>*{display:none}</style>", "<details open ontoggle=alert(1)>",
    ],
)  # fmt: skip
def test_scripts_in_markdown_and_in_svg_reach_nobody(attack: str, editors_desk: EditorsDesk) -> None:
    shown = editors_desk.post("/desk/redactie/voorbeeld", {"tekst": attack}).text
    for made in (str(markdown(attack)), text_block(attack).html, shown):
        for tag in ("<script", "<svg", "<img", "<iframe", "<style", "<details", "<math", 'href="javascript'):
            assert tag not in made.lower(), made


def test_a_huge_paste_is_told_at_its_field_and_is_not_lost(editors_desk: EditorsDesk) -> None:
    huge = "Heel veel woorden. " * 20_000
    page = editors_desk.post(
        "/desk/redactie/onderdeel/records/bevoegdheid", {"bewaren": "ja", "body": huge, "title": "Bevoegdheid"}
    )
    assert page.status_code == 422
    assert "Dit is te lang." in page.text
    assert huge.strip()[-500:] in html.unescape(page.text)


# ---- forms of others


def _posts(routes: Any) -> Iterator[str]:
    for route in routes:
        if not isinstance(route, APIRoute):
            yield from _posts(getattr(getattr(route, "original_router", route), "routes", ()))
        elif route.path.startswith("/desk/redactie") and "POST" in (route.methods or ()):
            yield route.path


def test_no_form_without_the_token_of_this_session_changes_anything(editors_desk: EditorsDesk) -> None:
    paths = sorted(set(_posts(editors_desk.app.routes)))
    assert len(paths) > 20
    before = [(each.id, each.state, number) for each, number in editors_desk.editorial.change_sets.list(limit=500)]
    for path in paths:
        address = path.replace("{group}", "records").replace("{item_id:path}", "bevoegdheid")
        address = (
            address.replace("{sort}", "cost").replace("{region}", "haaglanden").replace("{record_id}", "bevoegdheid")
        )
        for token in ("", "verzonnen"):
            sent = editors_desk.browser.post(address, data={"csrf": token, "bewaren": "ja", "wat": "weghalen"})
            assert sent.status_code == 403, (path, token)
    after = [(each.id, each.state, number) for each, number in editors_desk.editorial.change_sets.list(limit=500)]
    assert after == before


# ---- clocks


def test_a_planned_hour_is_dutch_time_and_one_that_the_clock_skips_is_refused() -> None:
    assert _moment("2027-01-10T09:00") == datetime(2027, 1, 10, 8, tzinfo=UTC)
    assert _moment("2027-07-10T09:00") == datetime(2027, 7, 10, 7, tzinfo=UTC)
    with pytest.raises(EditorialProblem, match="clock goes forward") as refused:
        _moment("2027-03-28T02:30")
    assert "bestaat niet" in refused.value.dutch
    assert _moment("2027-10-31T02:30") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "of two hours the first"
    assert _moment("") is None


@pytest.mark.parametrize("typed", ["morgen", "2027-13-01T00:00", "12/31/2027 09:00"])
def test_what_is_no_moment_is_said_in_dutch(typed: str) -> None:
    with pytest.raises(EditorialProblem) as refused:
        _moment(typed)
    assert refused.value.dutch == "Kies een dag en een tijd."


def test_a_clock_that_is_set_back_publishes_nothing_twice(editors_desk: EditorsDesk) -> None:
    editorial = editors_desk.editorial
    now = datetime(2027, 10, 31, 0, 45, tzinfo=UTC)
    publisher = editorial.publisher
    key = ItemKey("records", "bevoegdheid")
    change = editorial.change_sets.begin("In de nacht van de wintertijd", NOOR).id
    content = editorial.revisions.published(key) or {}
    editorial.revisions.save(change, key, content | {"uncertain": "Dit is van vannacht."}, NOOR)
    editorial.change_sets.schedule(change, now - timedelta(minutes=15))
    clock, before = publisher._clock, publisher.number()
    try:
        for at in (now - timedelta(hours=1), now, now - timedelta(hours=1), now, now + timedelta(hours=1)):
            publisher._clock = lambda at=at: at  # type: ignore[misc]
            publisher.publish_due()
        assert publisher.number() == before + 1
    finally:
        publisher._clock = clock
    publisher.take_back(change, NOOR)
