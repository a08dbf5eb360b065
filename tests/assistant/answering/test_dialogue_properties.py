"""Whatever is said, tapped, corrected and erased, in whatever order: what always holds of a conversation."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant.answering import memory
from assistant.answering.pipeline import Answered, Answering
from assistant.answering.published import Publication
from assistant.answering.state import ConversationState
from assistant.answering.turn import Asked
from tests.conftest import TODAY

SAID = [
    "ik heb mbo 4", "ik heb hbo werktuigbouwkunde", "geen hbo", "ik wil naar de basisschool", "nee ik bedoel vo", "natuurkunde", "ja", "nee",
    "weet ik niet", "ik ben 38", "nee, 39", "ik woon in Delft", "mijn man heeft vmbo, kan hij ook?", "en hij is 50", "en als docent?",
    "en als ik mijn hbo afmaak?", "wat kost dat", "wat is een pabo", "vergeet dat ik mbo zei", "vergeet mijn leeftijd", "wis alles",
    "wat weet je van mij?", "dat klopt niet", "ik wil de zelftest doen", "verder met de zelftest", "flauwekul blabla", "snorremans kwibus",
    "32 uur per week", "24 uur", "ik werk niet in het onderwijs", "ben tweedegraads", "nee niet eerstegraads", "hoe lang duurt dat?",
    "wat nu", "what do you know about me?", "forget my age", "ik ben kok", "ik ben statushouder", "kan ik iemand spreken",
]  # fmt: skip
MATCHING = "ik heb hbo werktuigbouwkunde en wil natuurkunde geven in het vo"
CHOSEN: list[tuple[str, Any]] = [
    ("sector", ["po"]), ("sector", ["vo", "mbo"]), ("diploma_level", "hbo-bachelor"), ("diploma_level", "vmbo"), ("age", 44),
    ("subject", "wiskunde"), ("needs_income", True), ("teaching_qualification", "pabo"), ("works_in_education", None),
]  # fmt: skip
ERASED = ["diploma_level", "age", "sector", "subject", "diploma_matches_subject", "role"]
STEPS = st.one_of(
    st.sampled_from(SAID),
    st.sampled_from(CHOSEN),
    st.sampled_from(ERASED).map(lambda name: {"erase": name}),
)
Step = str | tuple[str, Any] | dict[str, str]


@pytest.fixture(scope="module")
def answering(lexical: Publication) -> Answering:
    """Searched by words alone."""
    return lexical.now().answering


def _taken(answering: Answering, state: ConversationState, step: Step) -> tuple[ConversationState, Answered | None]:
    """The conversation a step further, as the API takes it: the state is written down and read back each time."""
    if isinstance(step, dict):
        state, answered = memory.forgotten(state, [step["erase"]]), None
    else:
        said = {"text": step} if isinstance(step, str) else {"choice": step}
        answered = answering.answer(Asked(state=state, today=TODAY, **said))
        state = answered.state
    return ConversationState.model_validate(state.model_dump(mode="json")), answered


def _shown(answered: Answered | None) -> dict[str, Any]:
    return answered.reply.model_dump(mode="json", exclude={"id"}) if answered else {}


@example(steps=[MATCHING, {"erase": "diploma_matches_subject"}, "ik ben 38"])
@given(steps=st.lists(STEPS, min_size=1, max_size=9))
@settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_any_conversation_keeps_its_promises(answering: Answering, steps: list[Step]) -> None:
    state = ConversationState(region="haaglanden")
    for step in steps:
        before = state
        state, answered = _taken(answering, before, step)

        known = {fact.name for fact in state.profile.known}
        assert all(fact.origin and fact.words for fact in state.profile.known), (
            "every fact says how and from which words"
        )
        assert len(known) == len(state.profile.known)
        assert not known & state.erased, "what was erased is known only once it was told again"
        back = (before.erased & known) - {fact.name for fact in state.profile.known if fact.origin != "inferred"}
        assert not back, "what was erased is not inferred again"
        assert not known & state.profile.unknown
        assert state.asked not in known, "an open question is about what is not known"
        if answered is not None:
            asked = [block.fact for block in answered.reply.blocks if block.type == "question"]
            assert len(asked) <= 1, "one question back at most"
            assert not set(asked) & known, "nothing is asked that is known"
            assert not set(asked) & state.profile.unknown, "nothing is asked that the visitor does not know"
            assert set(answered.reply.understanding.facts) == known


@given(steps=st.lists(STEPS, min_size=2, max_size=7))
@settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_the_same_conversation_gives_the_same_replies(answering: Answering, steps: list[Step]) -> None:
    told = []
    for _ in range(2):
        state, replies = ConversationState(region="haaglanden"), []
        for step in steps:
            state, answered = _taken(answering, state, step)
            replies.append(_shown(answered))
        told.append((replies, state))

    assert told[0] == told[1]


@given(
    steps=st.lists(STEPS, max_size=6), name=st.sampled_from(ERASED), after=st.lists(st.sampled_from(SAID), max_size=4)
)
@settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_what_is_erased_is_gone_with_the_advice_that_leant_on_it(
    answering: Answering, steps: list[Step], name: str, after: list[str]
) -> None:
    state = ConversationState(region="haaglanden")
    for step in steps:
        state, _ = _taken(answering, state, step)
    was_known = state.profile.get(name) is not None

    state, _ = _taken(answering, state, {"erase": name})

    assert state.profile.get(name) is None
    assert not was_known or (state.verdicts == () and state.receipt is None)
    for message in after:
        state, _ = _taken(answering, state, message)
        fact = state.profile.get(name)
        assert fact is None or fact.origin == "said"
        if fact is not None:
            break
