"""What a region chooses for itself: seen on one page, changed as any other record, and followed by chat and site."""

import html
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.editor.shares import LEAST, Share, difference, told
from assistant.storage.counts import openings
from knowledge.brand import line_key
from knowledge.fact import Localised
from knowledge.place import Region
from knowledge.publishing.item import ItemKey
from knowledge.publishing.revisions import Editor
from tests.assistant.editor.conftest import EditorsDesk, hidden

HAAGLANDEN = ItemKey("records", "haaglanden")
WARM = {"nl": "Fijn dat je er bent. Vertel wat je zoekt.", "en": "Good that you are here. Tell what you look for."}
BRISK = {"nl": "Leraar worden? Begin hier.", "en": "Becoming a teacher? Start here."}
NOOR, DAAN = Editor("1", "Noor"), Editor("2", "Daan")


# ---- what can be said of two lines


@given(st.integers(0, 400), st.integers(1, 400), st.integers(0, 400), st.integers(1, 400))
def test_a_span_holds_its_share_and_a_difference_turns_with_its_sides(a: int, b: int, c: int, d: int) -> None:
    one, other = Share(min(a, b), b), Share(min(c, d), d)
    low, high = one.span
    assert 0 <= low <= one.share + 1e-9
    assert one.share - 1e-9 <= high <= 1
    least, most = difference(one, other)
    back = difference(other, one)
    assert (least, most) == pytest.approx((-back[1], -back[0]))
    assert least <= one.share - other.share + 1e-9


def test_nothing_is_said_of_few_and_no_difference_of_chance() -> None:
    assert "te weinig" in told([Share(40, LEAST - 1), Share(0, 500)])
    assert told([Share(20, 200), Share(24, 200)]) == "Er is nog geen verschil dat meer is dan toeval."
    assert told([Share(60, 200), Share(20, 200)]).startswith("Zin 1 leidt vaker")
    assert told([Share(20, 200), Share(60, 200)]).startswith("Zin 2 leidt vaker")
    assert told([Share(20, 200)]) == ""


# ---- published


@pytest.fixture
def published(editors_desk: EditorsDesk) -> Iterator[Any]:
    """Publishes fields of the region Haaglanden, and takes them back afterwards."""
    editorial = editors_desk.editorial
    made = []

    def publish(**fields: Any) -> None:
        change = editorial.change_sets.begin("Regio", NOOR).id
        content = {**(editorial.revisions.published(HAAGLANDEN) or {}), **fields}
        editorial.revisions.save(change, HAAGLANDEN, content, NOOR)
        editorial.change_sets.submit(change)
        editorial.change_sets.approve(change, DAAN)
        editorial.publisher.publish(change, DAAN)
        made.append(change)
        editors_desk.app.state.knowledge.replace(editorial.publisher.catalogue())

    yield publish
    for change in reversed(made):
        editorial.publisher.take_back(change, DAAN)
    editors_desk.app.state.knowledge.replace(editorial.publisher.catalogue())


def _begun(desk: EditorsDesk, campaign: str = "", locale: str = "nl") -> Any:
    address = f"https://www.example.org/?utm_campaign={campaign}"
    start = {"region": "haaglanden", "locale": locale, "page_url": address}
    return desk.browser.post("/api/v1/conversations", json=start).json()


def _first_words(begun: Any) -> str:
    return str(begun["reply"]["blocks"][0]["text"])


def test_a_conversation_begins_with_the_line_of_its_campaign_and_says_that_it_is_a_computer(
    editors_desk: EditorsDesk, published: Any
) -> None:
    before = _first_words(_begun(editors_desk))
    published(welcomes=[{"campaign": "lente", "lines": [WARM]}])
    spring = _first_words(_begun(editors_desk, "lente"))
    assert WARM["nl"] in spring
    assert "Ik ben een computer, geen mens." in spring
    assert WARM["en"] in _first_words(_begun(editors_desk, "lente", "en"))
    assert _first_words(_begun(editors_desk)) == before


def test_two_lines_are_drawn_by_conversation_counted_and_shown_only_when_there_are_enough(
    editors_desk: EditorsDesk, published: Any
) -> None:
    published(welcomes=[{"lines": [WARM, BRISK]}])
    begun = [_begun(editors_desk) for _ in range(24)]
    said = {line["nl"] for each in begun for line in (WARM, BRISK) if line["nl"] in _first_words(each)}
    assert said == {WARM["nl"], BRISK["nl"]}
    assert "set-cookie" not in editors_desk.browser.post("/api/v1/conversations", json={"region": "haaglanden"}).headers

    first = begun[0]
    key = next(
        line_key("haaglanden", Localised.model_validate(line))
        for line in (WARM, BRISK)
        if line["nl"] in _first_words(first)
    )
    version = editors_desk.browser.get("/api/v1/consent", params={"region": "haaglanden"}).json()["version"]
    wish = {
        "conversation_id": first["conversation_id"], "name": "Sam", "email": "sam@example.org",
        "preferred_contact": "email", "consent": {"version": version, "given": True, "share_transcript": False},
    }  # fmt: skip
    bearer = {"Authorization": f"Bearer {first['token']}"}
    for _ in range(2):
        assert editors_desk.browser.post("/api/v1/leads", json=wish, headers=bearer).status_code == 201
    with editors_desk.app.state.sessions() as session:
        counted = openings(session, "haaglanden")
    assert counted[key][1] == 1, "the same wish twice is one lead"
    assert sum(began for began, _ in counted.values()) >= 24
    page = editors_desk.get("/desk/redactie/regio")
    assert "Nog te weinig gesprekken." in page
    assert "werden een aanmelding" not in page


def test_an_extra_sentence_in_the_consent_is_a_new_version_and_needs_a_second_person(
    editors_desk: EditorsDesk, published: Any
) -> None:
    before = editors_desk.browser.get("/api/v1/consent", params={"region": "haaglanden"}).json()
    published(consent_extra={"nl": "Wij bellen <b>nooit</b> 's avonds.", "en": "We never call at night."})
    after = editors_desk.browser.get("/api/v1/consent", params={"region": "haaglanden"}).json()
    assert after["version"] != before["version"]
    assert "nooit" in after["html"]
    assert "<b>" not in after["html"]
    assert editors_desk.browser.get("/api/v1/consent", params={"region": "hak"}).json()["html"] not in after["html"]
    old = {"version": before["version"], "given": True, "share_transcript": False}
    wish = {"name": "Sam", "email": "s@example.org", "preferred_contact": "email", "consent": old}
    assert "Lees hem opnieuw" in editors_desk.browser.post("/api/v1/leads", json=wish).text
    change = editors_desk.editorial.change_sets.begin("Nog iets", NOOR).id
    content = editors_desk.editorial.revisions.published(HAAGLANDEN) or {}
    changed = {**content, "consent_extra": {"nl": "Anders.", "en": "Otherwise."}}
    editors_desk.editorial.revisions.save(change, HAAGLANDEN, changed, NOOR)
    assert editors_desk.editorial.change_sets.review_need(change).is_needed


def test_colours_are_followed_by_the_site_the_snippet_and_whoever_links_to_them(
    editors_desk: EditorsDesk, published: Any
) -> None:
    published(brand={"accent": "#5a2a82", "name": "Loket <Den Haag>"})
    sheet = editors_desk.browser.get("/brand/haaglanden.css")
    assert "--loket-accent:#5a2a82" in sheet.text
    assert sheet.headers["cache-control"] == "no-cache"
    assert "#5a2a82" in editors_desk.browser.get("/widget/brands.js").text
    page = editors_desk.browser.get("/routes?regio=haaglanden").text
    assert "/brand/haaglanden.css" in page
    assert "Loket &lt;Den Haag&gt;" in page
    assert editors_desk.browser.get("/brand/nergens.css").status_code == 404


# ---- the pages


def test_every_region_of_an_editor_stands_on_the_page_and_no_other(editors_desk: EditorsDesk) -> None:
    page = editors_desk.get("/desk/redactie/regio")
    for told_ in ("Haaglanden", "Openingstijden", "Versie van de tekst", "Tweede paar ogen", "/brand/haaglanden.css"):
        assert told_ in page
    assert "Haarlem" not in page
    assert editors_desk.browser.get("/desk/redactie/regio/hak").status_code == 403
    assert editors_desk.browser.get("/desk/redactie/regio/hak/static/kleuren.css?accent=%230b5563").status_code == 403
    assert editors_desk.browser.get("/desk/redactie/regio/nergens").status_code == 404


def test_colours_are_tried_with_their_contrast_and_kept_as_a_draft(editors_desk: EditorsDesk) -> None:
    tried = "/desk/redactie/regio/haaglanden?accent=%235a2a82"
    page = editors_desk.get(tried)
    assert "Knop op wit" in page
    assert "te weinig" not in page
    sheet = editors_desk.browser.get("/desk/redactie/regio/haaglanden/static/kleuren.css?accent=%235a2a82").text
    assert "--sample-button:#5a2a82" in sheet
    kept = editors_desk.post("/desk/redactie/regio/haaglanden/kleuren", {"accent": "#5A2A82"})
    change = kept.headers["location"].split("/")[-1].split("?")[0]
    (revision,) = editors_desk.editorial.revisions.changed_in(change)
    assert (revision.content or {})["brand"] == {"accent": "#5a2a82"}
    editors_desk.post(f"/desk/redactie/wijziging/{change}/intrekken")


@pytest.mark.parametrize("accent", ["#ffe000", "rood", "#0b5563;}*{display:none", ""])
def test_colours_that_cannot_be_read_are_not_kept_and_never_reach_a_stylesheet(
    editors_desk: EditorsDesk, accent: str
) -> None:
    refused = editors_desk.post("/desk/redactie/regio/haaglanden/kleuren", {"accent": accent})
    assert refused.status_code == 422
    sheet = editors_desk.browser.get("/desk/redactie/regio/haaglanden/static/kleuren.css", params={"accent": accent})
    assert "display" not in sheet.text


def test_only_who_leads_a_region_says_what_needs_a_second_person(editors_desk: EditorsDesk) -> None:
    refused = editors_desk.post("/desk/redactie/regio/haaglanden/ogen", {"nodig": "rules"})
    assert refused.status_code == 409
    assert "Alleen een beheerder" in html.unescape(refused.text)
    assert editors_desk.editorial.change_sets.needs_of("haaglanden") is None
    assert hidden(editors_desk.get("/desk/redactie/regio/haaglanden"), "csrf")


def test_two_welcomes_for_one_campaign_are_told_in_dutch(editors_desk: EditorsDesk) -> None:
    form = {"bewaren": "ja", "soort": "region", "welcomes.0.lines.0.nl": "Bel 112", "welcomes.0.lines.0.en": "Hi"}
    page = editors_desk.post("/desk/redactie/onderdeel/records/haaglanden", form)
    assert page.status_code == 422
    assert "Geen getallen, links of code in een openingszin." in html.unescape(page.text)


def test_a_region_without_anything_of_its_own_is_as_the_product_delivers(editors_desk: EditorsDesk) -> None:
    region = editors_desk.app.state.knowledge.catalogue.get("haaglanden", Region)
    assert region.welcomes == ()
    assert region.consent_extra is None
