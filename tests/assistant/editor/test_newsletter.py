"""The sentence that an editor gives a change, and the text of a newsletter."""

from assistant.accounts.audit import Action
from assistant.storage.audit import AuditFilter, AuditStore
from knowledge.publishing.item import ItemKey
from knowledge.publishing.revisions import Editor
from tests.assistant.editor.conftest import EditorsDesk

ANNA = Editor("anna", "Anna Bakker", ("haaglanden",))
BRAM = Editor("bram", "Bram de Groot", ("haaglanden",))
FEE = ItemKey("records", "wettelijk-collegegeld")


def raised(desk: EditorsDesk, value: str) -> str:
    change = desk.editorial.change_sets.begin("Collegegeld", ANNA).id
    content = desk.editorial.revisions.published(FEE)
    assert content is not None
    amounts = [{**content["amounts"][0], "value": value}, *content["amounts"][1:]]
    desk.editorial.revisions.save(change, FEE, {**content, "amounts": amounts}, ANNA)
    return change


def test_an_editor_says_what_visitors_are_told_and_sees_what_they_read_otherwise(editors_desk: EditorsDesk) -> None:
    change = raised(editors_desk, "2999")
    address = f"/desk/redactie/wijziging/{change}"

    assert "Nu: wettelijk tarief: € 2.999" in editors_desk.get(address)
    form = {"verteld": "Het wordt € 2.999.", "verteld-engels": "It becomes € 2,999."}
    assert editors_desk.post(f"{address}/vertellen", form).headers["location"].endswith("?gedaan=verteld")

    assert "Het wordt € 2.999.</textarea>" in editors_desk.get(address)
    with editors_desk.app.state.sessions() as session:
        assert Action.CHANGE_TOLD in [
            each.action for each in AuditStore(session).page(AuditFilter(("haaglanden",)), None, 20)
        ]


def test_a_sentence_with_a_number_of_its_own_is_refused_with_the_number(editors_desk: EditorsDesk) -> None:
    change = raised(editors_desk, "2999")

    answer = editors_desk.post(f"/desk/redactie/wijziging/{change}/vertellen", {"verteld": "Het wordt € 3.999."})

    assert answer.status_code == 409
    assert "‘3.999’ staat niet in deze wijziging" in answer.text
    assert editors_desk.editorial.change_sets.get(change).told == ""


def test_the_newsletter_is_text_html_and_a_file_in_two_languages(editors_desk: EditorsDesk) -> None:
    sets, publisher = editors_desk.editorial.change_sets, editors_desk.editorial.publisher
    assert "In deze tijd veranderde er niets" in editors_desk.get("/desk/redactie/nieuwsbrief")
    change = raised(editors_desk, "2999")
    sets.tell(change, "Studeren <wordt> duurder.")
    sets.submit(change)
    sets.approve(change, BRAM)
    publisher.publish(change, ANNA)

    page = editors_desk.browser.get("/desk/redactie/nieuwsbrief").text
    text = editors_desk.browser.get("/desk/redactie/nieuwsbrief.txt?periode=7")
    marked = editors_desk.browser.get("/desk/redactie/nieuwsbrief.html?regio=haaglanden").text
    english = editors_desk.browser.get("/desk/redactie/nieuwsbrief.txt?taal=en").text

    assert "1 verandering" in page
    assert "Studeren <wordt> duurder." in text.text
    assert "Is nu: wettelijk tarief: € 2.999 per studiejaar" in text.text
    assert text.headers["content-disposition"].startswith('attachment; filename="nieuwsbrief-')
    assert "<p>Studeren &lt;wordt&gt; duurder.</p>" in marked
    assert "€ 2,999 per study year" in english
    assert "Anna" not in text.text + marked + english


def test_a_period_that_does_not_exist_is_refused(editors_desk: EditorsDesk) -> None:
    assert editors_desk.browser.get("/desk/redactie/nieuwsbrief?periode=9999").status_code == 422
