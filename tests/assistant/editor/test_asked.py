"""A question without a good answer becomes one, in the editor's own words."""

import re

from assistant.storage.conversations import ConversationStore, NewTurn
from tests.assistant.editor.conftest import EditorsDesk


def _ask(desk: EditorsDesk, region: str, *questions: str) -> None:
    with desk.app.state.sessions.begin() as session:
        store = ConversationStore(session)
        conversation, _ = store.create("nl", region, "", {})
        for n, question in enumerate(questions):
            turn = NewTurn(id=f"{region}-{n}", question=question, reply={}, status="unanswerable_not_found")
            conversation = store.add_turn(conversation, turn, {})


def test_given_a_question_without_an_answer_when_an_editor_writes_one_then_it_is_a_draft_with_its_words(
    editors_desk: EditorsDesk,
) -> None:
    _ask(editors_desk, "haaglanden", "mag mijn <b>hond</b> mee naar de stage op de pabo", "Krijg ik korting op de pabo")
    listed = editors_desk.get("/desk/vragen")
    address = re.search(r'href="(/desk/redactie/antwoord/haaglanden-0)"', listed)
    assert address

    form = editors_desk.get(address[1])

    assert 'value="Mag mijn <b>hond</b> mee naar de stage op de pabo"' in form
    assert 'name="sources" list="lijst-sources" value="' in form
    answer = {
        "id": "faq-hond-mee-naar-stage",
        "title": "Mag mijn hond mee naar de stage?",
        "summary": "Dat bepaalt de school waar je stage loopt. Vraag het daar.",
        "also_called": "mag mijn hond mee naar de stage op de pabo",
        "sources": "geld-haagse-collegegeld-2026",
        "bewaren": "ja",
    }
    kept = editors_desk.post("/desk/redactie/nieuw/faq", answer)
    assert kept.status_code == 303, kept.text
    assert "/desk/redactie/onderdeel/records/faq-hond-mee-naar-stage" in kept.headers["location"]
    assert "Bewaard als concept" in editors_desk.get(kept.headers["location"])


def test_a_question_of_another_region_or_none_at_all_is_not_there(editors_desk: EditorsDesk) -> None:
    _ask(editors_desk, "hak", "iets van een andere regio")

    for turn in ("hak-0", "bestaat-niet"):
        assert editors_desk.browser.get(f"/desk/redactie/antwoord/{turn}").status_code == 404
