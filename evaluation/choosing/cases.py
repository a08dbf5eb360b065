"""Examples to lean the choice on: development cases, as visitors ask and not as editors write."""

from collections.abc import Iterator

from assistant.answering.consult.candidates import candidates_of
from assistant.answering.consult.consultation import Consultation, Knowledge
from assistant.answering.published import Published
from assistant.answering.state import ConversationState
from assistant.answering.turn import Asked
from assistant.answering.understand.intents import Part
from assistant.answering.understand.questions import asking_part
from evaluation.case import Case
from evaluation.casebook import CASES, read_casebook
from evaluation.choosing.examples import NOTHING_IS_RIGHT, Example

_NOT_BY_A_RECORD = ("asked", "handed_over", "unanswerable", "guarded")


def examples_of_cases(published: Published) -> Iterator[Example]:
    """The questions of the `dev` split that are one message; never those of `test`, which say how good it is."""
    knowledge = Knowledge(published.catalogue, published.eligibility, published.search)
    for place, case in enumerate(read_casebook(CASES).only("dev").cases):
        if len(case.said) == 1 and (case.expect.cites_any or case.expect.status[-1].startswith(_NOT_BY_A_RECORD)):
            yield _example(place, case, published, knowledge)


def _example(place: int, case: Case, published: Published, knowledge: Knowledge) -> Example:
    [text] = case.said
    part, state = asking_part(text), ConversationState(region=case.region)
    vector = published.search.embed(text)
    asking = Part(part, published.search.embed(part)) if part else None
    asked = Asked(state, published.on, text=text)
    understood = published.answering.understander.understand(asked, text, vector, asking)
    c = Consultation(understood, state, published.on, knowledge, vector)
    found = candidates_of(c.evidence, knowledge.traits, published.on)
    right = tuple(at for at, record in enumerate(found.records) if record.id in case.expect.cites_any)
    answers = right if case.expect.cites_any else (NOTHING_IS_RIGHT,)
    return Example(text, place, understood.intent, understood.intents, found, answers)
