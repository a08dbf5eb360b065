"""What a short message goes on from: an answer to our question, a correction, a bare fact, `en in het mbo?`."""

from dataclasses import replace

from assistant.answering.state import ConversationState
from assistant.answering.turn import Understood
from assistant.answering.understand.cues import is_question
from assistant.answering.understand.text import Text

_NARROWED = frozenset({"cost", "subsidy", "salary", "route_info", "admission", "figure", "orientation"})
BARE_WORDS = 4
"""Facts in so few words, in the middle of advice, are an answer and no new question."""
_BY_MODE = {"zelftest": "zelftest", "advice": "route_advice"}
_LED_BY_RULES = frozenset({"route_advice", "loket", "zelftest", "out_of_scope"})
_SURE = 0.6
TELLS_OF_A_ROUTE = frozenset({"diploma_level", "teaching_qualification", "diploma_country", "works_in_education"})
"""Who tells one of these of somebody is about becoming a teacher."""
STRANGE = 0.2
"""From this probability on what is told of somebody else need not be about becoming a teacher."""
_VAGUE = 0.5
CARRIED = 0.8
"""How sure it is that a message goes on with what was talked about."""


def carried_on(before: ConversationState, understood: Understood, after: ConversationState) -> Understood:
    """
    The message as it is meant after the turn before.

    :param before: The state that the turn began with.
    :param after: The same with what the message told.
    """
    strange = understood.intents.get("out_of_scope", 0.0) >= STRANGE
    of_the_field = bool(before.topic.intent) or bool(understood.scope.keys() & TELLS_OF_A_ROUTE) or not strange
    if understood.about_somebody_else and understood.scope and of_the_field and not is_question(Text(understood.text)):
        return replace(understood, intent="route_advice", is_follow_up=True)
    understood = _refers_back(before, understood)
    if understood.is_ellipsis and before.topic.intent:
        sure = max(understood.confidence, CARRIED)
        return replace(understood, intent=before.topic.intent, confidence=sure, is_follow_up=True)
    answered = before.asked is not None and after.asked is None
    bare = (
        before.mode != "chat"
        and bool(understood.facts)
        and len(understood.text.split()) <= BARE_WORDS
        and "?" not in understood.text
    )
    narrowing = narrows(before, understood)
    if understood.text and not answered and not bare and not narrowing and not understood.is_correction:
        return understood
    if not understood.text:
        return replace(understood, is_follow_up=True)
    if answered or narrowing:
        # What names the answer (`po`, `mbo 4`) is not what the question is about.
        understood = replace(understood, records=())
    goes_on = before.topic.intent if narrowing else _BY_MODE.get(before.mode, before.topic.intent)
    sure = understood.confidence >= _SURE and understood.intent not in _LED_BY_RULES
    if not goes_on or (sure and not understood.is_correction and "?" in understood.text):
        return understood
    return replace(understood, intent=goes_on, confidence=max(understood.confidence, CARRIED), is_follow_up=True)


def _refers_back(before: ConversationState, understood: Understood) -> Understood:
    """With what `dat`, `die` and `daar` stand for: what the question before called by name."""
    names_nothing = not understood.records and not understood.facts and not understood.scope
    if understood.points_back and names_nothing and before.topic.records and understood.elsewhere is None:
        # Who asks nothing that we know of asks the same as before: `wanneer moeten we dat aanvragen?`.
        vague = understood.confidence < _VAGUE or (understood.intent == "route_info" and not understood.aspect)
        intent = before.topic.intent if vague and before.topic.intent else understood.intent
        return replace(understood, records=before.topic.records, intent=intent, is_follow_up=True)
    return understood


def narrows(before: ConversationState, understood: Understood) -> bool:
    """Whether a few words only say for which school the question before is meant: `vo`, `en in het mbo?`."""
    named = set(understood.scope) or {fact.name for fact in understood.facts}
    return (
        before.topic.intent in _NARROWED
        and named == {"sector"}
        and len(understood.text.split()) <= BARE_WORDS
        and understood.aspect == ""
    )
