"""What a change would do is read in Dutch, old beside new, and says so when it is no longer true."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.accounts.account import Account
from assistant.accounts.role import Role
from assistant.desk.dependencies import SignedInAdviser
from assistant.editor.looking import start
from assistant.editor.pages.consequences import consequences_page
from assistant.editor.rendering import render
from assistant.settings import Settings
from assistant.storage.clock import utc_now
from knowledge.publishing.change_sets import ChangeSet
from knowledge.publishing.consequences import Looked
from knowledge.publishing.item import ItemKey
from knowledge.publishing.opening import open_editorial
from knowledge.publishing.revisions import Editor
from tests.waiting import until

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
CHANGE = ChangeSet(
    "een", "Collegegeld 2027", "draft", "", "a", "Anna", NOW, NOW, "", "", "", "", None, None, None, None, None, ""
)
RESULT: dict[str, Any] = {
    "in_dutch": "Deze wijziging verandert 1 van de 496 antwoorden, en de uitkomst van 2,1% van de profielen.",
    "warnings": [{"kind": "lost_citation", "dutch": "Het antwoord op ‘wat kost de pabo’ heeft geen bron meer."}],
    "answers": [
        {"asked": "wat kost de <b>pabo</b>", "before": "€ 2.694 per jaar", "after": "€ 2.999 per jaar", "became": "wrong",
         "lost": ["wettelijk-collegegeld"]}
    ],
    "outcomes": [{"routes": ["Voltijd pabo: past → past niet"], "profiles": 1293, "example": {"Leeftijd": "21"}}],
}  # fmt: skip
DONE = Looked("done", "nu", 100, 100, NOW, NOW, RESULT)


def editor() -> SignedInAdviser:
    account = Account("a", "Anna", "anna@loket.nl", {"haaglanden": Role.EDITOR}, False, "x")
    names = {"account": account, "csrf": "teken"}
    fields = SignedInAdviser.__dataclass_fields__
    return SignedInAdviser(**{name: names.get(name, "") for name in fields})  # type: ignore[arg-type]


def shown(looked: Looked | None, digest: str = "nu", problems: tuple[str, ...] = ()) -> str:
    page = consequences_page(editor(), CHANGE, looked, digest, problems, NOW)
    return bytes(render("editor/consequences.html", page).body).decode()


def test_answers_and_outcomes_stand_old_beside_new() -> None:
    html = shown(DONE)

    for words in ("2,1% van de profielen", "€ 2.694", "€ 2.999", "1.293 bezoekers", "geen bron meer", "leeftijd: 21"):
        assert words in html
    assert "<b>pabo</b>" not in html
    assert "kijk opnieuw." not in html


def test_what_was_found_of_another_version_says_so() -> None:
    assert "Daarna is er weer iets veranderd" in shown(DONE, digest="later")


@pytest.mark.parametrize(
    ("looked", "words"),
    [
        (None, "nog niet gekeken"),
        (replace(DONE, state="running", done=40, result=None, ended_at=None), "40%"),
        (replace(DONE, state="failed", result=None), "niet gelukt"),
        (replace(DONE, state="running", began_at=NOW - timedelta(hours=1), result=None, ended_at=None), "niet gelukt"),
    ],
)
def test_it_is_told_how_far_it_is_and_when_it_failed(looked: Looked | None, words: str) -> None:
    assert words in shown(looked)


def test_what_cannot_be_published_is_mended_first() -> None:
    html = shown(None, problems=("De bron ‘x’ bestaat niet.",))

    assert "Los dit eerst op" in html
    assert "Kijk wat er verandert" not in html


def test_a_look_that_ends_badly_says_so_and_another_one_can_begin(tmp_path: Path) -> None:
    store = open_editorial(f"sqlite:///{tmp_path / 'knowledge.sqlite'}")
    anna, key = Editor("a", "Anna"), ItemKey("records", "bevoegdheid")
    change = store.change_sets.begin("Stuk", anna).id
    content = store.revisions.published(key) or {}
    store.revisions.save(change, key, {**content, "sources": ["bestaat-niet"]}, anna)

    assert start(store, Settings(var=tmp_path, embedder="none"), change, utc_now())
    assert not start(store, Settings(var=tmp_path, embedder="none"), change, utc_now()), "one at a time"

    def looked_at() -> bool:
        looked = store.consequences.get(change)
        return looked is not None and looked.state != "running"

    until(looked_at, "the end of the look")
    looked = store.consequences.get(change)
    assert looked is not None
    assert looked.state == "failed"
