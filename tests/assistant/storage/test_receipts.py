"""Receipts in the people store: one for each advice, found as people type its number, and without a person in it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from assistant.eligibility.profile import parse_facts
from assistant.eligibility.verdict import Eligibility
from assistant.errors import NotFound
from assistant.storage.receipts import ReceiptStore, UnreadableReceipt
from assistant.storage.session import Sessions
from assistant.storage.tables import ReceiptRow
from assistant.zelftest.receipt import Receipt, receipt_of

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PRIVATE = {"municipality": "Zoetermeer", "motive": "Ik ben Sam de Vries", "diploma_field": "Vergeetmijkunde"}


def _receipt(**fields: object) -> Receipt:
    plain = {"day": date(2026, 11, 22), "catalogue": "0" * 12, "engine": "1", "facts": {"sector": ["po"]}, "routes": ()}
    return Receipt.model_validate(plain | fields)


def _keep(sessions: Sessions, receipt: Receipt) -> str:
    with sessions.begin() as session:
        return ReceiptStore(session, clock=lambda: NOW).keep(receipt)


def test_a_receipt_is_found_as_people_type_its_number(sessions: Sessions) -> None:
    receipt = _receipt()
    number = _keep(sessions, receipt)

    for typed in (number, number.lower(), number.replace("-", ""), f" {number.replace('-', ' ')} "):
        with sessions() as session:
            kept = ReceiptStore(session).get(typed)
        assert (kept.id, kept.receipt, kept.created_at, kept.is_intact) == (number, receipt, NOW, True)


def test_the_same_advice_is_one_receipt_and_another_is_another(sessions: Sessions) -> None:
    first = _keep(sessions, _receipt())

    assert _keep(sessions, _receipt(asked=("sector",))) == first
    others = [_receipt(day=date(2026, 11, 23)), _receipt(region="hak"), _receipt(facts={}), _receipt(engine="2")]
    assert len({first, *(_keep(sessions, other) for other in others)}) == 5


@pytest.mark.parametrize("typed", ["", "0000-0000-0000", "ABCD-EFGH-JKMN-PQRS", "'; drop table receipt", "é" * 12])
def test_a_number_that_is_none_of_ours_is_not_found(sessions: Sessions, typed: str) -> None:
    _keep(sessions, _receipt())

    with sessions() as session, pytest.raises(NotFound):
        ReceiptStore(session).get(typed)


def test_a_row_that_was_tampered_with_says_so(sessions: Sessions) -> None:
    number = _keep(sessions, _receipt())
    with sessions.begin() as session:
        session.execute(update(ReceiptRow).values(content=_receipt(facts={"sector": ["vo"]}).as_json()))

    with sessions() as session:
        assert not ReceiptStore(session).get(number).is_intact


def test_a_row_of_another_version_of_the_program_is_refused_by_name(sessions: Sessions) -> None:
    number = _keep(sessions, _receipt())
    with sessions.begin() as session:
        session.execute(update(ReceiptRow).values(content={"form": 9}))

    with sessions() as session, pytest.raises(UnreadableReceipt, match=number):
        ReceiptStore(session).get(number)


def test_nothing_in_the_row_points_at_a_person(sessions: Sessions, eligibility: Eligibility) -> None:
    told = {"sector": ["vo"], "subject": "het vak van Sam", "age": 42} | PRIVATE
    profile = parse_facts(told, eligibility.vocabulary, origin="said")

    _keep(sessions, receipt_of(eligibility, profile, "haaglanden"))

    with sessions() as session:
        row = session.scalars(select(ReceiptRow)).one()
    written = str(row.content)
    assert "'age': 42" in written
    for name, words in {**PRIVATE, "subject": "Sam", "place": "zoetermeer"}.items():
        assert words.casefold() not in written.casefold(), name
    assert not {"municipality", "motive", "diploma_field"} & row.content["facts"].keys()
    assert not {"municipality", "motive", "diploma_field"} & set(row.content["asked"])
