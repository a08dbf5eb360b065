"""A saved zelftest is opened by its code alone, and holds no words of anybody."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from assistant.eligibility.profile import parse_facts
from assistant.storage.saved import NothingSaved, SavedStore
from assistant.storage.session import Sessions
from assistant.storage.tables import SavedZelftestRow
from assistant.zelftest.saved import SavedAnswers
from knowledge.catalogue import Catalogue

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KEPT = timedelta(days=90)


def _save(sessions: Sessions, answers: SavedAnswers, code: str = "", at: datetime = NOW) -> str:
    with sessions.begin() as session:
        return SavedStore(session, KEPT, clock=lambda: at).save(answers, code)[0]


def _open(sessions: Sessions, code: str, at: datetime = NOW) -> SavedAnswers:
    with sessions() as session:
        return SavedStore(session, KEPT, clock=lambda: at).open(code).answers


def test_the_code_opens_what_was_saved_in_the_order_of_answering(sessions: Sessions) -> None:
    answers = SavedAnswers(facts={"sector": ["po"], "age": None, "needs_income": True}, region="haaglanden")

    opened = _open(sessions, _save(sessions, answers))

    assert opened == answers
    assert list(opened.facts) == ["sector", "age", "needs_income"]


def test_the_code_cannot_be_guessed_and_is_not_kept(sessions: Sessions) -> None:
    codes = {_save(sessions, SavedAnswers()) for _ in range(20)}

    assert len(codes) == 20
    assert min(map(len, codes)) * 6 >= 128
    with sessions() as session:
        rows = list(session.scalars(select(SavedZelftestRow)))
        assert not codes & {row.code_hash for row in rows}
        assert not any(code in str(vars(row)) for code in codes for row in rows)


def test_saving_again_replaces_what_was_saved(sessions: Sessions) -> None:
    code = _save(sessions, SavedAnswers(facts={"age": 30}))

    assert _save(sessions, SavedAnswers(facts={"age": 31}), code) == code
    assert _open(sessions, code).facts == {"age": 31}


@pytest.mark.parametrize("forged", ["", "x", "a" * 27, "a" * 5000, "é" * 27, "../../etc/passwd", "\x00", "%00"])
def test_another_code_opens_nothing_and_saving_under_it_makes_a_new_one(sessions: Sessions, forged: str) -> None:
    _save(sessions, SavedAnswers(facts={"age": 30}))

    with pytest.raises(NothingSaved):
        _open(sessions, forged)
    with sessions.begin() as session, pytest.raises(NothingSaved):
        SavedStore(session, KEPT).erase(forged)
    assert _save(sessions, SavedAnswers(), forged) != forged


def test_after_its_time_it_is_not_opened_even_before_it_is_erased(sessions: Sessions) -> None:
    code = _save(sessions, SavedAnswers())

    assert _open(sessions, code, NOW + KEPT - timedelta(seconds=1)) == SavedAnswers()
    with pytest.raises(NothingSaved):
        _open(sessions, code, NOW + KEPT)


def test_who_erases_it_finds_it_no_more(sessions: Sessions) -> None:
    code = _save(sessions, SavedAnswers())

    with sessions.begin() as session:
        SavedStore(session, KEPT, clock=lambda: NOW).erase(code)

    with pytest.raises(NothingSaved):
        _open(sessions, code)


def test_own_words_are_not_saved(catalogue: Catalogue) -> None:
    told = {"sector": ["po"], "motive": "Ik ben Sam", "diploma_field": "Geheime studie", "municipality": "den-haag"}
    profile = parse_facts({**told, "subject": "Sams lievelingsvak", "age": None}, catalogue.facts)

    saved = SavedAnswers.of(profile, catalogue, "haaglanden")

    assert saved.facts == {"sector": ["po"], "municipality": "den-haag", "age": None}
    place = parse_facts({"municipality": "Hoofdstraat 1, bij Sam"}, catalogue.facts)
    assert SavedAnswers.of(place, catalogue).facts == {}


def test_answers_to_questions_that_are_gone_are_named_and_left_out(catalogue: Catalogue) -> None:
    saved = SavedAnswers(facts={"sector": ["po"], "schoenmaat": 43, "role": "conciërge", "age": 30, "start": None})

    profile, lost = saved.profile(catalogue)

    assert profile.facts() == {"sector": frozenset({"po"}), "age": 30}
    assert profile.unknown == {"start"}
    assert lost == ("schoenmaat", "role")
