"""What a conversation knows of its visitor: shown with the words it comes from, corrected, and forgotten for good."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from assistant.api.problem import Problem
from assistant.storage.conversations import ConversationStore

Begin = Callable[..., Any]


def _facts(talk: Any) -> dict[str, Any]:
    """What the conversation knows, by name."""
    answer = talk.api.get(f"{talk.path}/facts", headers=talk.headers)
    assert answer.status_code == 200, answer.text
    return {fact["name"]: fact for fact in answer.json()["facts"]}


def _patch(talk: Any, name: str, body: Any) -> httpx.Response:
    return talk.api.patch(f"{talk.path}/facts/{name}", json=body, headers=talk.headers)  # type: ignore[no-any-return]


def _delete(talk: Any, path: str = "") -> httpx.Response:
    return talk.api.delete(f"{talk.path}/facts{path}", headers=talk.headers)  # type: ignore[no-any-return]


def test_a_new_conversation_knows_nothing(begin: Begin) -> None:
    talk = begin()

    answer = talk.api.get(f"{talk.path}/facts", headers=talk.headers)

    assert answer.json() == {"facts": [], "skipped": [], "gone": []}


def test_what_was_said_stands_there_with_the_words_and_how_to_ask_anew(begin: Begin) -> None:
    talk = begin()
    talk.say("ik heb mbo 4 en woon in Delft")

    found = _facts(talk)

    diploma = found["diploma_level"]
    assert (diploma["label"], diploma["value"], diploma["text"]) == ("Hoogste diploma", "mbo-4", "Mbo niveau 4")
    assert (diploma["origin"], diploma["words"], diploma["confirmed"]) == ("said", "mbo 4", False)
    assert {"value": "hbo-bachelor", "label": "Hbo-bachelor"} in diploma["question"]["options"]
    assert found["municipality"]["text"] == "Delft"


def test_labels_are_english_for_who_talks_english(begin: Begin) -> None:
    talk = begin(locale="en")
    talk.choose("diploma_level", "mbo-4")

    assert _facts(talk)["diploma_level"]["label"] == "Highest diploma"


def test_a_corrected_fact_has_the_new_value_and_counts_as_confirmed(begin: Begin) -> None:
    talk = begin()
    talk.say("ik heb mbo 4")

    answer = _patch(talk, "diploma_level", {"value": "hbo-bachelor"})

    assert answer.status_code == 200, answer.text
    [fact] = [each for each in answer.json()["facts"] if each["name"] == "diploma_level"]
    assert (fact["value"], fact["origin"], fact["confirmed"]) == ("hbo-bachelor", "chosen", True)
    assert fact["words"] == "Hbo-bachelor"


def test_what_cannot_be_true_beside_the_new_value_goes_and_is_named(begin: Begin) -> None:
    talk = begin()
    _patch(talk, "teaching_qualification", {"value": "pabo"})
    _patch(talk, "previous_degree_in_education_or_care", {"value": True})
    _patch(talk, "diploma_level", {"value": "hbo-bachelor"})

    answer = _patch(talk, "diploma_level", {"value": "vmbo"})

    assert answer.json()["gone"] == ["previous_degree_in_education_or_care"]


def test_a_set_and_a_number_and_a_yes_can_be_set(begin: Begin) -> None:
    talk = begin()

    for name, value in (("sector", ["vo", "po"]), ("hours_per_week", 24), ("needs_income", True)):
        assert _patch(talk, name, {"value": value}).status_code == 200

    found = _facts(talk)
    assert [found[name]["value"] for name in ("sector", "hours_per_week", "needs_income")] == [["po", "vo"], 24, True]


def test_weet_ik_niet_takes_the_value_away_and_is_remembered(begin: Begin) -> None:
    talk = begin()
    talk.say("ik heb mbo 4")

    answer = _patch(talk, "diploma_level", {"value": None})

    assert answer.json()["facts"] == []
    assert answer.json()["gone"] == ["diploma_level"]
    assert [each["name"] for each in answer.json()["skipped"]] == ["diploma_level"]


def test_a_yes_confirms_what_was_inferred(begin: Begin) -> None:
    talk = begin()
    talk.say("ik heb hbo werktuigbouwkunde en wil natuurkunde geven in het vo")
    found = _facts(talk)
    inferred = [name for name, fact in found.items() if fact["origin"] == "inferred"]
    assert inferred

    answer = _patch(talk, inferred[0], {"confirmed": True})

    [fact] = [each for each in answer.json()["facts"] if each["name"] == inferred[0]]
    assert fact["confirmed"]
    assert fact["value"] == found[inferred[0]]["value"]


def test_an_erased_fact_goes_with_what_was_inferred_from_it_and_is_not_inferred_again(begin: Begin) -> None:
    talk = begin()
    talk.say("ik heb hbo werktuigbouwkunde en wil natuurkunde geven in het vo")
    assert "diploma_matches_subject" in _facts(talk)

    answer = _delete(talk, "/diploma_matches_subject")
    talk.say("en ik woon in Delft")

    assert answer.json()["gone"] == ["diploma_matches_subject"]
    assert "diploma_matches_subject" not in _facts(talk)
    assert "municipality" in _facts(talk)


def test_a_fact_that_was_erased_comes_back_when_it_is_told_again(begin: Begin) -> None:
    talk = begin()
    talk.say("ik heb mbo 4")
    _delete(talk, "/diploma_level")

    talk.say("ik heb mbo 4")

    assert _facts(talk)["diploma_level"]["value"] == "mbo-4"


def test_erasing_what_is_not_known_is_no_failure(begin: Begin) -> None:
    answer = _delete(begin(), "/age")

    assert (answer.status_code, answer.json()["gone"]) == (200, [])


def test_everything_can_be_erased_at_once_while_the_transcript_stays(begin: Begin) -> None:
    talk = begin()
    talk.say("ik heb mbo 4 en woon in Delft")

    answer = _delete(talk)

    assert (answer.status_code, answer.json()["facts"]) == (200, [])
    assert set(answer.json()["gone"]) >= {"diploma_level", "municipality"}
    assert len(talk.turns()) == 1


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("schoenmaat", {"value": 43}, 404),
        ("age", {"confirmed": True}, 404),
        ("age", {"value": "veertig"}, 422),
        ("age", {"value": 400}, 422),
        ("diploma_level", {"value": "mbo-9"}, 422),
        ("subject", {"value": "toveren"}, 422),
        ("municipality", {"value": "parijs"}, 422),
        ("age", {}, 422),
        ("age", {"value": 40, "confirmed": True}, 422),
        ("age", {"waarde": 40}, 422),
        ("motive", {"value": "x" * 201}, 422),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_in_dutch(begin: Begin, name: str, body: Any, status: int) -> None:
    talk = begin()

    answer = _patch(talk, name, body)

    assert answer.status_code == status, answer.text
    problem = Problem.model_validate_json(answer.text)
    assert problem.detail.endswith(".")
    assert _facts(talk) == {}


def test_only_the_token_opens_the_facts(begin: Begin) -> None:
    talk, other = begin(), begin()

    for call in ("get", "delete"):
        answer = getattr(talk.api, call)(f"{talk.path}/facts", headers=other.headers)
        assert answer.status_code == 401


def test_a_fact_erased_in_one_tab_is_not_written_back_by_the_other(begin: Begin, api: Any) -> None:
    talk = begin()
    talk.say("ik heb mbo 4")
    with api.app.state.sessions() as session:
        # The other tab read the conversation before the erasing.
        old = ConversationStore(session).find(talk.id)
    assert old is not None

    _delete(talk, "/diploma_level")

    with api.app.state.sessions() as session, pytest.raises(Exception, match="changed by another request"):
        ConversationStore(session).keep_state(old, old.state)
    assert "diploma_level" not in _facts(talk)


def test_two_tabs_at_once_lose_no_erasing_and_no_turn(begin: Begin) -> None:
    for _ in range(5):
        talk = begin()
        talk.say("ik heb mbo 4")
        with ThreadPoolExecutor(4) as tabs:
            said = [tabs.submit(talk.say, "ik ben 40 jaar") for _ in range(3)]
            erased = tabs.submit(_delete, talk, "/diploma_level")

        statuses = [each.result().status_code for each in said]
        assert set(statuses) <= {200, 409}
        assert len(talk.turns()) == 1 + statuses.count(200)
        known = _facts(talk)
        assert erased.result().status_code == 409 or "diploma_level" not in known
        assert "age" in known or 200 not in statuses


def _turns(talk: Any) -> list[dict[str, Any]]:
    answer = talk.api.get(talk.path, headers=talk.headers)
    return answer.json()["turns"]  # type: ignore[no-any-return]


def test_what_is_forgotten_goes_from_the_visitors_own_words_in_the_transcript_too(begin: Begin) -> None:
    talk = begin()
    talk.say("ik heb MBO-4 en woon in Delft")
    talk.say("wat weet je van mij?")

    _delete(talk, "/diploma_level")

    told, asked = _turns(talk)
    assert told["question"] == "ik heb [gewist] en woon in Delft"
    assert "diploma_level" not in told["reply"]["understanding"]["facts"]
    shown = " ".join(block["html"] for block in asked["reply"]["blocks"] if block["type"] == "text")
    assert "mbo" not in shown.lower()
    assert "Delft" in shown


def test_what_was_tapped_and_is_forgotten_goes_from_the_transcript_too(begin: Begin) -> None:
    talk = begin()
    talk.choose("diploma_level", "mbo-4")

    _delete(talk, "/diploma_level")

    [turn] = _turns(talk)
    assert turn["choice_label"] == "[gewist]"


def test_who_asks_in_the_chat_to_forget_leaves_nothing_of_it_behind(begin: Begin) -> None:
    talk = begin()  # no minute and no second is 63
    talk.say("ik ben 63 en ik woon in Delft")
    talk.say("vergeet mijn leeftijd van 63")

    kept = json.dumps(_turns(talk))

    assert not re.findall(r".{0,60}\b63\b.{0,20}", kept)
    assert "Delft" in kept


def test_everything_that_is_forgotten_leaves_the_questions_that_told_nothing(begin: Begin) -> None:
    talk = begin()
    talk.say("ik ben 42 en ik woon in Delft")
    talk.say("wat kost de pabo?")

    _delete(talk)

    assert [turn["question"] for turn in _turns(talk)] == [
        "[gewist] en ik woon in [gewist]",
        "wat kost de pabo?",
    ]


def test_a_correction_leaves_what_was_said_as_it_was(begin: Begin) -> None:
    talk = begin()
    talk.say("ik heb mbo 4 en woon in Delft")

    _patch(talk, "diploma_level", {"value": "hbo-bachelor"})

    assert _turns(talk)[0]["question"] == "ik heb mbo 4 en woon in Delft"
