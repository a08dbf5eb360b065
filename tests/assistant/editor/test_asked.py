"""A question without a good answer becomes one, in the editor's own words."""

import re

from sqlalchemy import delete

from assistant.answering.closing import Closing
from assistant.storage.conversations import ConversationStore, NewTurn
from assistant.storage.gaps import GapBook
from assistant.storage.tables import ConversationRow
from evaluation.case import Case
from knowledge.publishing.cases import CaseStore
from knowledge.publishing.revisions import Editor
from tests.assistant.editor.conftest import EditorsDesk, hidden


def _ask(desk: EditorsDesk, region: str, *questions: str) -> None:
    with desk.app.state.sessions.begin() as session:
        session.execute(delete(ConversationRow))
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
    answer |= {"vraag": hidden(form, "vraag"), "proefvraag": "ja"}
    assert 'name="proefvraag" value="ja" checked' in form
    refused = editors_desk.post("/desk/redactie/nieuw/faq", answer | {"summary": ""})
    assert refused.status_code == 422
    assert hidden(refused.text, "vraag") == "haaglanden-0", (
        "the question goes along with a form that is filled in again"
    )
    assert CaseStore(editors_desk.editorial.sessions).all() == ()

    kept = editors_desk.post("/desk/redactie/nieuw/faq", answer)
    assert kept.status_code == 303, kept.text
    assert "/desk/redactie/onderdeel/records/faq-hond-mee-naar-stage" in kept.headers["location"]
    assert "Bewaard als concept" in editors_desk.get(kept.headers["location"])
    [case] = CaseStore(editors_desk.editorial.sessions).all()
    checked = Case.model_validate(case.data)
    assert checked.expect.cites_any == ("faq-hond-mee-naar-stage",)
    assert checked.question == "mag mijn <b>hond</b> mee naar de stage op de pabo"
    listed = editors_desk.get("/desk/vragen")
    assert "Hier wordt al een antwoord op geschreven" in listed
    assert "/desk/redactie/onderdeel/records/faq-hond-mee-naar-stage" in listed


def test_when_the_answer_is_published_then_the_question_is_asked_again_and_goes_from_the_list(
    editors_desk: EditorsDesk,
) -> None:
    question = "mag ik mijn papegaai meenemen naar de meeloopdag"
    _ask(editors_desk, "haaglanden", question)
    state = editors_desk.app.state
    closing = Closing(state.knowledge, GapBook(state.sessions), editors_desk.editorial.publisher.number)
    assert closing.published() is None, "nothing was published since"
    answer = {
        "id": "faq-papegaai", "title": "Mag mijn papegaai mee naar een meeloopdag?",
        "summary": "Een papegaai mag niet mee naar een meeloopdag. Vraag de school of het anders kan.",
        "also_called": question, "sources": "geld-haagse-collegegeld-2026", "vraag": "haaglanden-0", "bewaren": "ja",
    }  # fmt: skip
    kept = editors_desk.post("/desk/redactie/nieuw/faq", answer)
    change_set = kept.headers["location"].split("wijziging=")[1].split("&")[0]
    store = editors_desk.editorial
    store.change_sets.submit(change_set)
    store.change_sets.approve(change_set, Editor("daan", "Daan", ("haaglanden",)))
    store.publisher.publish(change_set, Editor("daan", "Daan", ("haaglanden",)))
    state.knowledge.replace(store.publisher.catalogue())

    thread = closing.published()
    assert thread is not None
    thread.join()

    listed = editors_desk.get("/desk/vragen")
    open_part, _, found_part = listed.partition("Nu wel beantwoord</h2>")
    assert question not in open_part
    assert question in found_part
    assert "Mag mijn papegaai mee naar een meeloopdag?" in found_part


def test_a_question_of_another_region_or_none_at_all_is_not_there(editors_desk: EditorsDesk) -> None:
    _ask(editors_desk, "hak", "iets van een andere regio")

    for turn in ("hak-0", "bestaat-niet"):
        assert editors_desk.browser.get(f"/desk/redactie/antwoord/{turn}").status_code == 404
