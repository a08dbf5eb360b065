"""An editor tries a change, sees what it does, publishes it, and everything follows but whoever is in a conversation."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect

from assistant.accounts.role import Role
from assistant.editor import trying
from assistant.editor.looking import digest_now
from evaluation.consequences.contradictions import amounts_left_behind
from evaluation.consequences.found import AnswerChange, Consequences, OutcomeChange
from knowledge.publishing.item import ItemKey
from knowledge.publishing.revisions import Editor
from knowledge.reader import publish
from tests.waiting import PATIENCE_SECONDS, until

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 768, 1280)
FEE = ItemKey("records", "wettelijk-collegegeld")
RULE = ItemKey("rules", "pabo-voltijd-vooropleiding")
ASKED = "Wat is het wettelijk collegegeld?"
OPERATOR = Editor("operator", "operator")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(bypass_csp=True, java_script_enabled=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def dearer(live_app: FastAPI) -> str:
    """A change in which the fee is higher, and full-time pabo is for people with a master's degree."""
    editorial = live_app.state.editorial
    change: str = editorial.change_sets.begin("Collegegeld 2028", OPERATOR).id
    fee = editorial.revisions.published(FEE)
    amounts = [each | {"value": "2888"} if each.get("value") == "2694" else each for each in fee["amounts"]]
    amounts = amounts if amounts != fee["amounts"] else [fee["amounts"][0] | {"value": "2888"}, *fee["amounts"][1:]]
    told = {name: fee[name].replace("2.694", "2.888") for name in ("summary", "body") if name in fee}
    editorial.revisions.save(change, FEE, fee | told | {"amounts": amounts}, OPERATOR)
    rule = editorial.revisions.published(RULE)
    condition = {"fact": "diploma_level", "one_of": ["wo-master", "phd"]}
    editorial.revisions.save(change, RULE, rule | {"condition": condition}, OPERATOR)
    return change


class Looking:
    """Looks at pages at every width, and remembers what is wrong with them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.problems: dict[str, list[str]] = {}

    def at(self, name: str) -> None:
        """The page that is open, with all that can be unfolded."""
        self.page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            found = [
                f"{each['id']}: {each['nodes'][0]['html']}" for each in Axe().run(self.page).response["violations"]
            ]
            if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append("wider than the screen")
            if found:
                self.problems[f"{name} at {width}"] = found
            if pictures := os.environ.get("LOKET_TEST_PICTURES"):
                self.page.screenshot(path=Path(pictures) / f"{name}-{width}.png", full_page=True)


def found_of(app: FastAPI, change: str) -> dict[str, Any]:
    """What a look finds: the warnings as they are; asking and judging take minutes, and processes of their own."""
    publisher = app.state.editorial.publisher
    before, after = publisher.content(), publisher.content_with(change)
    answer = AnswerChange(
        id="kosten-collegegeld",
        asked="wat kost de pabo per jaar",
        before="Het wettelijk collegegeld is € 2.694 per studiejaar (2026-2027).\nJe betaalt het zelf.",
        after="Het wettelijk collegegeld is € 2.888 per studiejaar (2026-2027).\nJe betaalt het zelf.",
        before_status="answered_record",
        after_status="answered_record",
        lost=("wettelijk-collegegeld",),
        became="wrong",
    )
    found = Consequences(
        cases=496,
        asked=71,
        why="De antwoorden op de andere 425 vragen steunen niet op wat je verandert.",
        answers=(answer,),
        profiles=20_000,
        changed_profiles=3_257,
        outcomes=(
            OutcomeChange(
                routes=("Voltijd pabo (leraar basisonderwijs): past → past niet", "Deeltijd pabo: ander geldplaatje"),
                profiles=3_257,
                example={"Soort onderwijs": "Basisonderwijs", "Hoogste diploma": "Havo"},
            ),
        ),
        warnings=tuple(amounts_left_behind(publish(before), publish(after))),
        seconds=21.4,
    )
    return found.model_dump(mode="json") | {"in_dutch": found.in_dutch(), "how_in_dutch": found.how_in_dutch()}


def test_a_change_is_tried_and_kept_as_a_case_and_its_consequences_are_seen(
    page: Page,
    live_server: str,
    live_app: FastAPI,
    dearer: str,
    add_colleague: Any,
    log_in: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trying, "_PATIENCE_SECONDS", 5.0)  # what sentences mean is learnt in minutes on a busy machine
    look = Looking(page)
    log_in(page, add_colleague("Noor Bakker", role=Role.EDITOR), f"/desk/redactie/wijziging/{dearer}")
    look.at("change-set")

    page.get_by_role("link", name="Probeer het").click()
    look.at("trial-empty")
    page.get_by_label("Wat vraagt de bezoeker").fill(ASKED)
    page.get_by_role("button", name="Vraag het").click()
    expect(page.get_by_text("We zetten de wijziging klaar")).to_be_visible()
    look.at("trial-waiting")
    live_app.state.drafts.wait(PATIENCE_SECONDS)
    page.get_by_role("button", name="Kijk of het klaar is").click()
    expect(page.get_by_role("region", name=ASKED)).to_contain_text("€ 2.888")
    page.get_by_label("Wat zegt de bezoeker daarna").fill("ik heb havo en wil leraar worden op een basisschool")
    page.get_by_role("button", name="Verder vragen").click()
    expect(page.get_by_role("heading", name=re.compile("ik heb havo"))).to_be_visible()
    look.at("trial")
    page.get_by_role("button", name="Bewaar als testvraag").click()
    expect(page.get_by_text("Bewaard als testvraag")).to_be_visible()
    expect(page.get_by_role("region", name=re.compile("Testvragen"))).to_contain_text(ASKED)

    page.goto(f"{live_server}/desk/redactie/gevolgen/{dearer}")
    look.at("consequences-none")
    editorial = live_app.state.editorial
    editorial.consequences.begin(dearer, digest_now(editorial, dearer))
    editorial.consequences.advance(dearer, 40, 100)
    running = httpx.Cookies({each["name"]: each["value"] for each in page.context.cookies()})
    shown = httpx.get(page.url, cookies=running, timeout=PATIENCE_SECONDS).text
    # As it stands: the page that waits looks again by itself, in the middle of being looked at.
    page.route(page.url, lambda route: route.fulfill(body=shown, content_type="text/html; charset=utf-8"))
    page.reload()
    expect(page.get_by_role("progressbar")).to_be_visible()
    look.at("consequences-running")
    page.unroute(page.url)
    editorial.consequences.end(dearer, found_of(live_app, dearer))
    page.goto(f"{live_server}/desk/redactie/gevolgen/{dearer}")
    expect(page.get_by_role("status")).to_contain_text("Deze wijziging verandert 1 van de 496 antwoorden")
    expect(page.locator("main")).to_contain_text("testvragen opnieuw gesteld")
    expect(page.get_by_role("region", name="Andere uitkomsten van de zelftest")).to_contain_text("Voltijd pabo")
    look.at("consequences")
    assert look.problems == {}


def test_what_is_published_reaches_every_page_and_disturbs_no_conversation_and_one_click_takes_it_back(
    page: Page, live_server: str, live_app: FastAPI, dearer: str, add_colleague: Any, log_in: Any
) -> None:
    with httpx.Client(base_url=live_server, timeout=PATIENCE_SECONDS) as visitor:

        def outcome() -> str:
            facts = {"sector": ["po"], "role": "leraar", "diploma_level": "havo", "age": 22}
            found = visitor.post("/api/v1/zelftest", json={"facts": facts}).raise_for_status().json()["outcomes"]
            return next(each["verdict"] for each in found if each["route"] == "pabo-voltijd")

        def keuzewijzer() -> str:
            page.goto(f"{live_server}/desk/keuzewijzer?sector=po&region=haaglanden")
            page.get_by_label("Naam van het bestuur").fill("Stichting Proef")
            page.get_by_role("button", name="Bekijk het voorbeeld").click()
            expect(page.get_by_role("button", name="Bekijk het voorbeeld")).to_have_count(0)
            page.wait_for_load_state("load")  # half a document is not the document
            return page.locator("body").inner_text()

        begun = visitor.post("/api/v1/conversations", json={"locale": "nl", "region": "haaglanden"}).json()
        messages = f"/api/v1/conversations/{begun['conversation_id']}/messages"
        visitor.headers["Authorization"] = f"Bearer {begun['token']}"
        first = visitor.post(messages, json={"text": "ik heb havo en wil juf worden op een basisschool"}).json()
        log_in(page, add_colleague("Daan Smit", role=Role.REGION_ADMIN), "/desk/redactie")
        before, outcome_before = keuzewijzer(), outcome()
        picture = {"route": "pabo-voltijd", "facts": {}}
        assert "2888" not in visitor.post("/api/v1/money", json=picture).text

        live_app.state.editorial.change_sets.submit(dearer)
        live_app.state.editorial.change_sets.approve(dearer, Editor("bram", "Bram"))
        live_app.state.editorial.publisher.publish(dearer, OPERATOR)

        until(lambda: "2888" in visitor.post("/api/v1/money", json=picture).text, "the fee that was published")
        assert outcome() == "does_not_fit" != outcome_before
        assert keuzewijzer() != before
        # Who was in the middle of a conversation goes on with all they told, and is answered from the new state.
        second = visitor.post(messages, json={"text": ASKED}).raise_for_status().json()
        assert second["status"].startswith("answered")
        assert "2.888" in str(second["blocks"])
        assert first["understanding"]["facts"].keys() <= second["understanding"]["facts"].keys()

        page.goto(f"{live_server}/desk/redactie/wijziging/{dearer}")
        page.get_by_role("button", name="Neem deze wijziging terug").click()
        expect(page.get_by_text("Teruggenomen.")).to_be_visible()
        until(lambda: "2888" not in visitor.post("/api/v1/money", json=picture).text, "the fee of before")
        assert outcome() == outcome_before
        assert keuzewijzer() == before
