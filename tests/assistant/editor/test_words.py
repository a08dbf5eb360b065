"""An editor puts words of visitors where they belong, as drafts, over a whole service."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete

from assistant.editor.views import words as view
from assistant.storage.conversations import ConversationStore, NewTurn
from assistant.storage.tables import ConversationRow
from knowledge.publishing.item import ItemKey
from knowledge.publishing.revisions import Editor
from knowledge.publishing.words import TITLE, WordDrafting
from tests.assistant.editor.conftest import EditorsDesk

PAGE = "/desk/redactie/woorden"


@pytest.fixture(autouse=True)
def asked(editors_desk: EditorsDesk) -> Iterator[None]:
    with editors_desk.app.state.sessions.begin() as session:
        session.execute(delete(ConversationRow))
        store = ConversationStore(session)
        for n, question in enumerate(("hoe word ik lesboer", "waar is de meelupdag")):
            conversation, _ = store.create("nl", "haaglanden", "", {})
            store.add_turn(conversation, NewTurn(f"w-{n}", question, {}, "unanswerable_not_found"), {})
    yield
    drafting = _drafting(editors_desk)
    while (left := drafting.open()) is not None:
        editors_desk.editorial.change_sets.withdraw(left.id)


def _drafting(desk: EditorsDesk) -> WordDrafting:
    store = desk.editorial
    return WordDrafting(store.revisions, store.change_sets, Editor(desk.account_id, "Noor Bakker"), "haaglanden")


def test_words_that_nothing_knows_are_shown_with_what_they_may_be_and_can_be_left(editors_desk: EditorsDesk) -> None:
    page = editors_desk.get(PAGE)
    assert "lesboer" in page
    assert 'name="waar" value="meeloopdag"' in page

    assert editors_desk.post(f"{PAGE}/laten", {"woord": "Lesboer"}).status_code == 303

    assert ">lesboer " not in editors_desk.get(PAGE)


def test_names_places_and_sentences_come_together_in_one_change_set_as_drafts(editors_desk: EditorsDesk) -> None:
    for form in (
        {"soort": "records", "woord": "lesboer", "waar": "bevoegdheid"},
        {"soort": "records", "woord": "lespapier", "waar": "bevoegdheid"},
        {"soort": "municipalities", "woord": "Benoordenhout-Zuid", "waar": "den-haag"},
        {"soort": "zin", "woord": "hoe word ik lesboer\nik wil lesboer worden", "waar": "bevoegdheid"},
        {"soort": "zin", "woord": "wat eten we vandaag", "bedoeling": "out_of_scope"},
    ):
        done = editors_desk.post(PAGE, form)
        assert done.status_code == 303, done.text

    change_set = _drafting(editors_desk).open()
    assert change_set is not None
    drafts = {each.key: each.content or {} for each in editors_desk.editorial.revisions.changed_in(change_set.id)}
    assert drafts[ItemKey("records", "bevoegdheid")]["also_called"][-2:] == ["lesboer", "lespapier"]
    assert "Benoordenhout-Zuid" in drafts[ItemKey("municipalities", "den-haag")]["places"]
    phrasings = [each for key, each in drafts.items() if key.group == "phrasings"]
    assert [(each.get("answers"), each["intent"], len(each["asks"])) for each in phrasings] == [
        ("bevoegdheid", "definition", 2), (None, "out_of_scope", 1),
    ]  # fmt: skip
    assert editors_desk.editorial.publisher.problems(change_set.id) == ()
    page = editors_desk.get(PAGE)
    assert "Wat je toevoegde" in page
    assert "‘lespapier’ erbij" in page
    assert TITLE in editors_desk.get("/desk/redactie")


def test_the_effect_on_answers_is_looked_at_and_shown_on_the_page(
    editors_desk: EditorsDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    editors_desk.post(PAGE, {"soort": "records", "woord": "lesboer", "waar": "bevoegdheid"})
    change_set = _drafting(editors_desk).open()
    assert change_set is not None
    store = editors_desk.editorial.consequences
    begun: list[str] = []

    def start(_store: object, _settings: object, change_set_id: str, _now: object) -> bool:
        begun.append(change_set_id)
        store.begin(change_set_id, view.digest_now(editors_desk.editorial, change_set_id))
        return True

    monkeypatch.setattr(view, "start", start)
    assert editors_desk.post(f"{PAGE}/effect").status_code == 303
    assert editors_desk.post(f"{PAGE}/effect").status_code == 303
    assert begun == [change_set.id], "while somebody is looking nobody else has to"
    assert editors_desk.browser.get(PAGE).headers["refresh"] == "5"

    store.end(change_set.id, {"in_dutch": "Deze wijziging verandert 1 van 500 antwoorden."})

    assert "Deze wijziging verandert 1 van 500 antwoorden." in editors_desk.get(PAGE)
    editors_desk.post(PAGE, {"soort": "records", "woord": "lespapier", "waar": "bevoegdheid"})
    assert "Daarna veranderde er weer iets" in editors_desk.get(PAGE)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"soort": "records", "woord": "", "waar": "bevoegdheid"}, "Schrijf een woord of een zin."),
        ({"soort": "records", "woord": "x" * 81, "waar": "bevoegdheid"}, "2 tot 80 tekens"),
        ({"soort": "records", "woord": "lesbevoegdheid", "waar": "bevoegdheid"}, "staat er al bij"),
        ({"soort": "zin", "woord": "a", "waar": "bevoegdheid"}, "van 2 tot 400 tekens"),
        ({"soort": "zin", "woord": "hoe dan", "bedoeling": "crisis"}, "Kies waar de zin om vraagt."),
        ({"soort": "zin", "woord": "\n".join(f"zin {n}" for n in range(51)), "waar": "bevoegdheid"}, "Hooguit 50"),
        ({"soort": "anders", "woord": "lesboer"}, "Dit kan hier niet."),
    ],
)
def test_what_cannot_be_put_in_is_told_in_dutch(editors_desk: EditorsDesk, form: dict[str, str], told: str) -> None:
    refused = editors_desk.post(PAGE, form)

    assert refused.status_code == 409
    assert told in refused.text
    assert _drafting(editors_desk).open() is None


def test_a_record_of_another_region_or_none_cannot_be_given_a_name(editors_desk: EditorsDesk) -> None:
    elsewhere = next(
        each.id
        for each in editors_desk.app.state.knowledge.catalogue
        if each.regions and "haaglanden" not in each.regions
    )

    assert editors_desk.post(PAGE, {"soort": "records", "woord": "ons", "waar": elsewhere}).status_code == 403
    assert editors_desk.post(PAGE, {"soort": "records", "woord": "ons", "waar": "nergens"}).status_code == 404
    assert (
        editors_desk.browser.post(PAGE, data={"soort": "records", "woord": "x", "waar": "bevoegdheid"}).status_code
        == 403
    )
