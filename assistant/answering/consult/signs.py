"""Signs: what in a message says by which way it is answered, by rules, by a record, or not at all."""

import re

from assistant.answering.carrying import STRANGE, TELLS_OF_A_ROUTE
from assistant.answering.consult.consultation import Consultation
from assistant.answering.consult.wanted import wanted_in
from assistant.answering.understand.cues import is_question
from assistant.answering.understand.text import Text
from knowledge.record import Kind

SURE = 0.55
"""From this confidence on an intent that leads away from answering (smalltalk, out of scope) is believed."""
SURE_OF_ANOTHER_WAY = 0.75
"""From this confidence on a record is told instead..."""
SURE_WHATEVER_IS_TOLD = 0.9
"""... and from this one also to who tells of themself what rules could judge."""
SURE_OF_THE_WAY = 0.6
"""From this confidence on an intent is what is wanted, and no record another way of it."""
_SURELY_NOTHING = 0.95
"""That no record answers it; with `STRANGE` it says that a question is not of this field."""
_SAYS_SOMETHING = 0.4
"""Below this likeness to all that anybody ever asked it is not known what it is about either."""
_LIKELY_NOTHING = 0.65
"""Where no other intent is likelier either."""
_SHARE = "share"
_AMOUNTS = frozenset({Kind.COST, Kind.SUBSIDY, Kind.SALARY})
_JUDGED = frozenset({"diploma_level", "works_in_education", "work_experience_years"})
OWN_WAY = frozenset({"route_advice", "zelftest", "handover", "loket"})
"""What is answered from rules and places, whatever a FAQ says about it."""
_OF_ANYWHERE = frozenset({Kind.EVENT, Kind.ORIENTATION, Kind.PROGRAMME, Kind.INSTITUTION})
SAID_IN_PASSING = frozenset({"sector", "role", "subject", "municipality"})
"""Facts that somebody who asks a question tells with it."""
_A_PERSON = re.compile(
    r"\b(?:mens|persoon|iemand|adviseur|medewerker|collega|bel|bellen|belt|spreken|praten|contact|gesprek|afspraak|human|person|someone|adviser|call|talk)\b"
)
_DOCUMENT = re.compile(
    r"\b(?:in|volgens) het (?:\w+ ){0,2}(?:plan|werkprogramma|activiteitenplan|document)\b|\bwerkprogramma\b|\bzelfevaluatie\b"
)


def only_tells(c: Consultation) -> bool:
    """Whether somebody tells what rules judge, and asks nothing: `ik heb hbo werktuigbouw en wil natuurkunde geven`."""
    told = {fact.name for fact in c.understood.facts} - SAID_IN_PASSING
    return c.understood.intent == "route_advice" and bool(told) and not is_question(Text(c.understood.text))


def is_by_rules(c: Consultation) -> bool:
    """Whether rules and places answer it better than any text."""
    intent = c.understood.intent
    return intent in OWN_WAY or (intent == "admission" and names_what_it_asks(c))


def doubts_that_a_person_is_wanted(c: Consultation) -> bool:
    """Whether it is doubtful that a person is wanted, in a conversation that may go on."""
    names_one = bool(_A_PERSON.search(c.understood.text.lower()))
    return (c.understood.confidence < SURE or not names_one) and bool(c.state.topic.intent)


def is_a_thing_there(c: Consultation) -> bool:
    """Whether what we know of outside our regions is asked for: `open avond hogeschool utrecht`."""
    best = c.choice.best
    return best is not None and best.kind in _OF_ANYWHERE and c.choice.confidence >= SURE_OF_ANOTHER_WAY


def is_an_amount(c: Consultation) -> bool:
    """Whether one amount is surely asked for, and not what all of a route comes to: `wat kost een zij-instromer de school`."""
    best = c.choice.best if c.vector is not None else None
    return best is not None and best.kind in _AMOUNTS and c.choice.confidence >= SURE_WHATEVER_IS_TOLD


def is_of_elsewhere(c: Consultation) -> bool:
    """Whether nothing here is about it, though its intent was guessed otherwise: `ik wil yogaleraar worden`."""
    understood = c.understood
    if c.vector is None or understood.is_follow_up or understood.likeness < _SAYS_SOMETHING:
        return False
    told = ({fact.name for fact in understood.facts} | understood.scope.keys()) - SAID_IN_PASSING
    strange = understood.intents.get("out_of_scope", 0.0)
    if understood.intent == "out_of_scope" and not told & TELLS_OF_A_ROUTE and c.choice.nothing >= _LIKELY_NOTHING:
        return True
    return not told and strange >= STRANGE and c.choice.nothing >= _SURELY_NOTHING


def wants_a_share_that_nobody_tells(c: Consultation) -> bool:
    """Whether a percentage is asked for and what is nearest has none: `welk percentage zakt voor de rekentoets`."""
    best = c.choice.best if c.vector is not None and not c.understood.is_follow_up else None
    traits = c.knowledge.traits.find(best.id) if best is not None else None
    if best is None or traits is None or _SHARE not in wanted_in(c.understood.text):
        return False
    return _SHARE not in traits.tells or (best.kind is Kind.FIGURE and c.choice.confidence < SURE_OF_THE_WAY)


def tells_of_teaching_abroad(c: Consultation) -> bool:
    """Whether a message says that somebody may teach elsewhere, and wants that here: rules tell how that counts."""
    told = any(fact.name == "teaching_qualification" and fact.value == "buitenlands" for fact in c.understood.facts)
    wants_in = c.understood.intent in ("route_advice", "route_info", "admission", "loket")
    return told and wants_in and c.choice.confidence < SURE_OF_ANOTHER_WAY and bool(c.sectors)


def is_a_thing(c: Consultation) -> bool:
    """Whether what is asked is surely one thing, whoever else is told of: `mijn nichtje doet vavo, kan ik daar ook heen`."""
    best = c.choice.best if c.vector is not None else None
    return best is not None and best.kind is not Kind.ROUTE and c.choice.confidence >= SURE_WHATEVER_IS_TOLD


def tells_a_story(c: Consultation) -> bool:
    """Whether somebody tells what they are and want, and asks nothing: `chef-kok, mbo 3. wil koks opleiden`."""
    told = {fact.name for fact in c.understood.facts}
    enough = bool(told & _JUDGED) and bool(c.sectors or c.fact("subject"))
    enough = enough and "teaching_qualification" not in told  # who may teach already rather asks what else they may
    asks = is_question(Text(c.understood.text)) or c.understood.is_follow_up
    unsure = c.choice.confidence < SURE_OF_THE_WAY
    return enough and not asks and unsure and c.understood.intent in ("route_info", "route_advice")


def place_outside(c: Consultation) -> str | None:
    """The municipality that this message tells, if none of our regions has it."""
    told = next((fact for fact in c.understood.facts if fact.name == "municipality"), None)
    known = c.catalogue.municipalities.get(str(told.value)) if told else None
    return known.name if known is not None and not known.regions else None


def names_what_it_asks(c: Consultation) -> bool:
    """Whether rules or fields say more exactly what is asked than a general FAQ can."""
    understood = c.understood
    if not understood.text or understood.is_follow_up or understood.intent in OWN_WAY:
        return True
    if understood.intent == "admission":
        return bool(c.named(Kind.ROUTE)) and c.fact("diploma_level") is not None
    named = c.named(Kind.ROUTE, Kind.COST, Kind.SALARY, Kind.SUBSIDY, Kind.TERM)
    return understood.intent in ("route_info", "cost", "salary", "subsidy", "definition") and bool(named)


def asks_of_documents(c: Consultation) -> bool:
    """Whether the question is about what a region has written down: `wat staat er in het plan van HAK over ...`."""
    return bool(_DOCUMENT.search(c.understood.text.lower()))
