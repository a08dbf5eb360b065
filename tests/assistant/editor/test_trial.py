"""The playground: an answer as a visitor gets it with all that it came from, of any change; nothing of it is kept."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from assistant.answering.understand.intents import INTENTS
from assistant.editor import trying
from assistant.editor.pages import trial
from evaluation.casebook import read_casebook
from evaluation.consequences.answers import cases_to_ask
from knowledge.publishing.case_files import export_cases, import_cases
from knowledge.publishing.item import ItemKey
from knowledge.publishing.revisions import Editor, utc_now

ADDRESS = "/desk/redactie/proberen"
FEE = ItemKey("records", "wettelijk-collegegeld")
ASKED = "Wat is het wettelijk collegegeld?"


def said_in(page: str) -> list[str]:
    """What the form sends along of the conversation so far."""
    form = page.split('<div class="field"><label for="wijziging"')[0].rsplit("<form", 1)[1]
    return [unescape(each) for each in re.findall(r'name="gezegd" value="([^"]*)"', form)]


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_an_answer_is_shown_with_what_it_came_from(editors_desk: Any) -> None:
    page = editors_desk.post(ADDRESS, {"vraag": ASKED, "regio": "haaglanden"}).text

    told = words_of(page)
    for words in ("€ 2.694", "Soort vraag", "Gevonden passages", "Geen van alle", "Screenen op gevaar", "Bron 1"):
        assert words in told
    assert said_in(page) == [f"t:{ASKED}"]


def test_a_conversation_goes_on_with_what_was_told_and_tapped(editors_desk: Any) -> None:
    first = editors_desk.post(ADDRESS, {"vraag": "Ik heb havo en wil leraar worden op een basisschool"}).text
    button = re.search(r'name="keuze" value="(k:[^"]+)"', first)
    assert button, "an advice asks on, with answers to tap"

    second = editors_desk.post(ADDRESS, {"gezegd": said_in(first), "keuze": unescape(button[1])}).text

    assert len(said_in(second)) == 2
    told = words_of(second)
    assert re.search(r"havo[^(]*\(gezegd, uit", told, re.IGNORECASE)
    assert told.count("Bezoeker:") == 2


def test_a_change_is_tried_before_it_is_published(editors_desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "_PATIENCE_SECONDS", 2.0)  # what sentences mean is learnt in minutes on a busy machine
    editorial, anna = editors_desk.editorial, Editor("a", "Anna")
    change = editorial.change_sets.begin("Collegegeld proef", anna).id
    content = editorial.revisions.published(FEE)
    summary = content["summary"].replace("2.694", "2.888")
    amounts = [each | {"value": "2888"} if each.get("value") == "2694" else each for each in content["amounts"]]
    editorial.revisions.save(change, FEE, content | {"summary": summary, "amounts": amounts}, anna)

    waiting = editors_desk.post(ADDRESS, {"vraag": ASKED, "wijziging": change}).text
    editors_desk.app.state.drafts.wait(300)
    ready = editors_desk.post(ADDRESS, {"vraag": ASKED, "wijziging": change}).text
    published = editors_desk.post(ADDRESS, {"vraag": ASKED}).text

    assert "zetten de wijziging klaar" in waiting
    assert f'name="vraag" value="{ASKED}"' in waiting
    assert "zetten de wijziging klaar" not in ready
    assert "€ 2.888" in words_of(ready)
    assert "€ 2.888" not in words_of(published)


def test_what_cannot_be_published_cannot_be_tried_and_says_why(editors_desk: Any) -> None:
    editorial, anna = editors_desk.editorial, Editor("a", "Anna")
    change = editorial.change_sets.begin("Stuk", anna).id
    content = editorial.revisions.published(FEE)
    editorial.revisions.save(change, FEE, content | {"sources": ["bestaat-niet"]}, anna)

    page = editors_desk.post(ADDRESS, {"vraag": ASKED, "wijziging": change}).text

    assert "Los dit eerst op" in page
    assert ASKED in page, "what was typed is not lost"


@pytest.mark.parametrize(
    "form",
    [
        {"gezegd": ["k:geen json", "x:y", 'k:["bestaat-niet", 1]', "k:[1]", 'k:{"a": 1}'], "vraag": ASKED},
        {"vraag": "<script>alert(1)</script>"},
        {"vraag": "a" * 5000},
        {"vraag": ""},
        {"keuze": 'k:["age", "<b>"]'},
        {"regio": "bestaat-niet", "taal": "xx", "vraag": ASKED},
    ],
)
def test_what_no_page_of_ours_sends_does_no_harm(editors_desk: Any, form: dict[str, Any]) -> None:
    answer = editors_desk.post(ADDRESS, form)

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_change_that_does_not_exist_is_not_found(editors_desk: Any) -> None:
    assert editors_desk.post(ADDRESS, {"vraag": ASKED, "wijziging": "nergens"}).status_code == 404


def test_nothing_of_a_trial_is_stored_or_counted(editors_desk: Any) -> None:
    def counted() -> dict[str, int]:
        with editors_desk.app.state.sessions.begin() as session:
            return {
                name: session.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()  # noqa: S608
                for name in ("conversation", "turn")
            }

    before = counted()

    editors_desk.post(ADDRESS, {"vraag": "Hoeveel manen heeft Jupiter?"})

    assert counted() == before


def test_a_good_answer_is_kept_as_a_case_exported_read_back_and_asked_with_every_change(
    editors_desk: Any, tmp_path: Path
) -> None:
    store = editors_desk.editorial.cases
    kept = editors_desk.post(f"{ADDRESS}/bewaren", {"gezegd": [f"t:{ASKED}"], "regio": "haaglanden"})
    editors_desk.post(f"{ADDRESS}/bewaren", {"gezegd": [f"t:{ASKED}"], "regio": "haaglanden"})

    assert "Bewaard als testvraag" in editors_desk.get(kept.headers["location"])
    [case] = [each for each in store.all() if each.data.get("question") == ASKED]
    assert case.data["expect"] == {"status": ["answered"], "cites_any": case.data["expect"]["cites_any"]}
    assert FEE.id in case.data["expect"]["cites_any"]

    assert export_cases(store.all(), tmp_path) == len(store.all())
    exported = (tmp_path / "cases" / "redactie.yaml").read_bytes()
    [asked] = [each for each in read_casebook(tmp_path / "cases").cases if each.id == case.id]
    assert asked.question == ASKED
    assert asked in [each.model_copy(update={"topic": "redactie"}) for each in cases_to_ask([case.data])]

    editors_desk.post(f"{ADDRESS}/weg", {"testvraag": case.id})
    assert case.id not in {each.id for each in store.all()}
    assert import_cases(tmp_path, store, "operator", utc_now()) == 1
    assert import_cases(tmp_path, store, "operator", utc_now()) == 0
    export_cases(store.all(), tmp_path)
    assert (tmp_path / "cases" / "redactie.yaml").read_bytes() == exported


def test_an_entry_of_another_version_of_the_casebook_stops_no_look() -> None:
    assert len(cases_to_ask([{"id": "stuk"}, json.loads("{}")])) == len(cases_to_ask())


def test_every_intent_has_its_dutch_on_the_page() -> None:
    assert set(INTENTS) <= set(trial._INTENTS)
