"""From draft to published, step by step: each stands in the log, and nobody does what is another region's."""

import html
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.accounts.audit import Action
from assistant.accounts.role import Role
from assistant.answering.following import Follower
from assistant.app import _audited
from assistant.storage.accounts import AccountStore
from assistant.storage.audit import AuditFilter, AuditStore
from assistant.storage.clock import utc_now
from knowledge.publishing.item import ItemKey
from knowledge.publishing.opening import checked_catalogue
from knowledge.publishing.revisions import Editor
from tests.assistant.editor.conftest import PASSWORD, EditorsDesk, hidden

ANNA = Editor("anna", "Anna", ("haaglanden",))
TERM = ItemKey("records", "bevoegdheid")
FEE = ItemKey("records", "wettelijk-collegegeld")
LOCAL = ItemKey("records", "stagevergoeding-haaglanden")


def draft(desk: EditorsDesk, key: ItemKey = TERM, **fields: Any) -> str:
    """A change of somebody else."""
    change = desk.editorial.change_sets.begin("Wijziging", ANNA, "haaglanden").id
    content = desk.editorial.revisions.published(key)
    assert content is not None
    given = fields or {"summary": "Een bevoegdheid is een bewijs dat je les mag geven."}
    desk.editorial.revisions.save(change, key, {**content, **given}, ANNA)
    return change


def logged(desk: EditorsDesk, subject: str) -> list[Action]:
    """What the log says was done to it, the first first."""
    with desk.app.state.sessions() as session:
        lines = AuditStore(session).page(AuditFilter(("haaglanden",), subject=subject), None, 50)
    return [each.action for each in reversed(lines)]


@pytest.fixture(scope="module")
def others(editors_desk: EditorsDesk) -> dict[str, EditorsDesk]:
    """The desks of an editor of another region, and of who manages this one."""
    made = {}
    for name, region, role in (("hak", "hak", Role.EDITOR), ("beheer", "haaglanden", Role.REGION_ADMIN)):
        with editors_desk.app.state.sessions.begin() as session:
            account = AccountStore(session).add(f"{name}@example.org", name.capitalize(), (region,), PASSWORD, role)
        made[name] = EditorsDesk(editors_desk.app, *logged_in(editors_desk, name), account.id)
    return made


def logged_in(desk: EditorsDesk, name: str) -> tuple[TestClient, str]:
    """A browser of a colleague of that name, with the token of its forms."""
    browser = TestClient(desk.app, follow_redirects=False)
    token = hidden(browser.get("/desk/login").text, "token")
    form = {"email": f"{name}@example.org", "password": PASSWORD, "token": token, "next": ""}
    assert browser.post("/desk/login", data=form).status_code == 303
    return browser, hidden(browser.get("/desk/redactie").text, "csrf")


def test_every_step_stands_in_the_log(editors_desk: EditorsDesk) -> None:
    change = draft(editors_desk)
    for step, form in (
        ("titel", {"titel": "Begrip"}),
        ("opmerking", {"tekst": "Klopt dit?"}),
        ("indienen", {}),
        ("terugsturen", {"waarom": "Schrijf het korter."}),
        ("indienen", {"collega": editors_desk.account_id}),
        ("goedkeuren", {}),
        ("plannen", {"publiceren-op": "2031-01-01T09:00"}),
        ("publiceren", {}),
        ("plannen", {"terugnemen-op": "2031-02-01T09:00"}),
        ("terugnemen", {}),
    ):
        answer = editors_desk.post(f"/desk/redactie/wijziging/{change}/{step}", form)
        assert answer.status_code == 303, f"{step}: {answer.text}"

    assert logged(editors_desk, change) == [
        Action.CHANGE_ARRANGED, Action.CHANGE_COMMENTED, Action.CHANGE_SUBMITTED, Action.CHANGE_SENT_BACK,
        Action.CHANGE_SUBMITTED, Action.CHANGE_APPROVED, Action.CHANGE_PLANNED, Action.CHANGE_PUBLISHED,
        Action.CHANGE_PLANNED, Action.CHANGE_TAKEN_BACK,
    ]  # fmt: skip


def test_what_is_taken_out_or_withdrawn_stands_in_the_log(editors_desk: EditorsDesk) -> None:
    change = draft(editors_desk)
    editors_desk.post(f"/desk/redactie/wijziging/{change}/eruit", {"groep": TERM.group, "onderdeel": TERM.id})
    editors_desk.post(f"/desk/redactie/wijziging/{change}/intrekken")

    assert logged(editors_desk, change) == [Action.CHANGE_ARRANGED, Action.CHANGE_WITHDRAWN]


def test_what_the_service_publishes_by_itself_stands_in_the_log(editors_desk: EditorsDesk) -> None:
    state, editorial = editors_desk.app.state, editors_desk.editorial
    change = draft(editors_desk)
    editorial.change_sets.schedule(change, utc_now() - timedelta(seconds=1))
    planned = partial(_audited, state.sessions, editorial, state.knowledge)
    follower = Follower(
        state.knowledge, editorial.publisher, partial(checked_catalogue, editorial.publisher), 0, planned=planned
    )

    follower._publish_due()

    assert editorial.change_sets.get(change).state == "published"
    assert logged(editors_desk, change) == [Action.CHANGE_PUBLISHED]


def test_who_is_of_another_region_may_say_something_and_do_nothing(
    editors_desk: EditorsDesk, others: dict[str, EditorsDesk]
) -> None:
    change = draft(editors_desk, LOCAL, summary="In Haaglanden krijg je tijdens je stage een vergoeding van de school.")
    elsewhere = others["hak"]

    for step in ("indienen", "publiceren", "intrekken", "titel", "eruit", "vertellen", "plannen"):
        assert elsewhere.post(f"/desk/redactie/wijziging/{change}/{step}", {"titel": "Van ons"}).status_code == 403
    assert elsewhere.post(f"/desk/redactie/wijziging/{change}/opmerking", {"tekst": "Mooi!"}).status_code == 303
    assert editors_desk.editorial.change_sets.get(change).state == "draft"
    assert [each.text for each in editors_desk.editorial.change_sets.comments(change)] == ["Mooi!"]


def test_who_edits_for_one_region_and_advises_in_another_changes_nothing_of_the_other(
    editors_desk: EditorsDesk,
) -> None:
    with editors_desk.app.state.sessions.begin() as session:
        roles = {"hak": Role.REGION_ADMIN, "haaglanden": Role.ADVISER}
        account = AccountStore(session).add("beide@example.org", "Beide", roles, PASSWORD)
    theirs = EditorsDesk(editors_desk.app, *logged_in(editors_desk, "beide"), account.id)
    change = draft(editors_desk, LOCAL, summary="In Haaglanden krijg je tijdens je stage een vergoeding van de school.")

    for step in ("indienen", "publiceren", "intrekken", "titel", "eruit", "vertellen", "plannen"):
        assert theirs.post(f"/desk/redactie/wijziging/{change}/{step}", {"titel": "Van ons"}).status_code == 403
    asked = editors_desk.post(f"/desk/redactie/wijziging/{change}/indienen", {"collega": account.id})
    assert asked.status_code == 409
    assert theirs.post("/desk/redactie/regio/haaglanden/ogen", {"nodig": ["amount"]}).status_code == 403
    assert theirs.browser.get("/desk/redactie/regio/haaglanden").status_code == 403
    assert theirs.browser.get("/desk/redactie/regio/hak").status_code == 200
    assert theirs.post(f"/desk/redactie/onderdeel/records/{LOCAL.id}/weghalen").status_code == 403
    assert "Haaglanden" not in theirs.get("/desk/redactie/regio")


def test_a_colleague_who_may_not_edit_is_not_asked(editors_desk: EditorsDesk, others: dict[str, EditorsDesk]) -> None:
    change = draft(editors_desk)

    answer = editors_desk.post(f"/desk/redactie/wijziging/{change}/indienen", {"collega": others["hak"].account_id})

    assert answer.status_code == 409
    assert "kan niet meekijken" in answer.text
    assert editors_desk.editorial.change_sets.get(change).state == "draft"


def test_who_manages_a_region_says_what_needs_a_second_person(
    editors_desk: EditorsDesk, others: dict[str, EditorsDesk]
) -> None:
    manager = others["beheer"]
    change = draft(
        editors_desk, LOCAL, summary="In Haaglanden krijg je tijdens je stage € 250 per maand van de school."
    )
    assert editors_desk.editorial.change_sets.review_need(change).is_needed

    assert editors_desk.post("/desk/redactie/regio/haaglanden/ogen").status_code == 409
    assert manager.post("/desk/redactie/regio/hak/ogen", {"nodig": "rules"}).status_code == 403
    assert manager.post("/desk/redactie/regio/haaglanden/ogen", {"nodig": ["rules", "onzin"]}).status_code == 303

    assert not editors_desk.editorial.change_sets.review_need(change).is_needed
    assert logged(editors_desk, "haaglanden") == [Action.REVIEW_DECIDED]
    # What holds everywhere needs a second person whatever a region says.
    content = editors_desk.editorial.revisions.published(FEE)
    assert content is not None
    fee = draft(editors_desk, FEE, amounts=[{**content["amounts"][0], "value": "2999"}])
    assert editors_desk.editorial.change_sets.review_need(fee).is_needed


def published(desk: EditorsDesk, change: str) -> int:
    """Publish a change of somebody else that was approved; the number of the publication."""
    desk.editorial.change_sets.submit(change)
    desk.editorial.change_sets.approve(change, Editor("daan", "Daan", ("haaglanden",)))
    return desk.editorial.publisher.publish(change, ANNA).number


def test_who_would_undo_what_is_of_another_region_is_told_what_stands_in_the_way(
    editors_desk: EditorsDesk, others: dict[str, EditorsDesk]
) -> None:
    elsewhere, publisher = others["hak"], editors_desk.editorial.publisher
    before = publisher.number()
    general = draft(elsewhere, TERM, summary="Een bevoegdheid zegt dat je les mag geven in een vak.")
    published(editors_desk, general)
    local = draft(
        editors_desk, LOCAL, summary="In Haaglanden krijg je tijdens je stage soms een vergoeding van de school."
    )
    holds = published(editors_desk, local)

    refused = elsewhere.post("/desk/redactie/publicaties/terug", {"nummer": str(before)})

    assert refused.status_code == 403
    page = html.unescape(refused.text)
    assert "gaat ook terug wat van Haaglanden is" in page
    assert editors_desk.editorial.revisions.published(LOCAL)["title"] in page  # type: ignore[index]
    assert f"/desk/redactie/wijziging/{general}" in page, "what holds everywhere they may take back by itself"
    assert f"/desk/redactie/wijziging/{local}" not in page
    assert publisher.number() == holds
    assert elsewhere.post("/desk/redactie/publicaties/terug", {"nummer": str(holds - 1)}).status_code == 403
    assert elsewhere.post(f"/desk/redactie/wijziging/{local}/terugnemen").status_code == 403
    assert elsewhere.post(f"/desk/redactie/wijziging/{general}/terugnemen").status_code == 303
    assert editors_desk.post("/desk/redactie/publicaties/terug", {"nummer": str(before)}).status_code == 303


def test_what_another_region_follows_is_taken_back_with_its_original(editors_desk: EditorsDesk) -> None:
    editorial, theirs = editors_desk.editorial, ItemKey("records", "stagevergoeding-hak")
    editorial.change_sets.set_needs("hak", frozenset(), ANNA)
    taking = editorial.change_sets.begin("Overnemen", ANNA, "hak").id
    editorial.taking_over.take_over(taking, LOCAL, theirs.id, "hak", "follow", ANNA)
    begun = published(editors_desk, taking)
    change = draft(
        editors_desk, LOCAL, summary="In Haaglanden krijg je tijdens je stage vaak een vergoeding van de school."
    )
    published(editors_desk, change)

    assert editors_desk.post(f"/desk/redactie/wijziging/{change}/terugnemen").status_code == 303
    again = draft(
        editors_desk, LOCAL, summary="In Haaglanden krijg je tijdens je stage altijd een vergoeding van de school."
    )
    published(editors_desk, again)
    assert editors_desk.post("/desk/redactie/publicaties/terug", {"nummer": str(begun)}).status_code == 303
    refused = editors_desk.post("/desk/redactie/publicaties/terug", {"nummer": str(begun - 1)})

    assert refused.status_code == 403, "taking over was the other region's own deed"
    summaries = [(editorial.revisions.published(key) or {}).get("summary") for key in (LOCAL, theirs)]
    assert summaries[0] == summaries[1]
