"""The zelftest as every persona takes it: asked a question, they answer what they know."""

import time
from collections.abc import Iterator, Mapping

from assistant.eligibility.entailed import agreeing_answer
from assistant.eligibility.profile import KnownFact, Profile, parse_facts
from assistant.eligibility.verdict import Verdict
from assistant.zelftest.result import zelftest_result
from evaluation.casebook import Casebook
from evaluation.product import Product
from knowledge.fact import Fact
from knowledge.record import Frozen

_MOST_QUESTIONS = 40


class Taken(Frozen):
    """One zelftest from the first question to the end."""

    id: str
    asked: tuple[str, ...]
    complete: bool
    verdicts: dict[str, Verdict]
    advice: str
    milliseconds: tuple[float, ...]
    """How long each step took."""


def generate(product: Product, casebook: Casebook) -> Iterator[Taken]:
    """One a persona; somebody who does not know an answer says so."""
    eligibility = product.publication.eligibility
    for persona in casebook.personas:
        answers = parse_facts(persona.facts, eligibility.vocabulary)
        profile, asked, took = Profile(), list[str](), list[float]()
        while True:
            began = time.perf_counter()
            result = zelftest_result(eligibility, profile)
            took.append(1000 * (time.perf_counter() - began))
            if result.next_question is None or len(asked) >= _MOST_QUESTIONS:
                break
            name = result.next_question.fact
            asked.append(name)
            known = answer_of(answers, name, eligibility.vocabulary)
            profile = profile.skipping(name) if known is None else profile.with_facts([known])
        yield Taken(
            id=persona.id,
            asked=tuple(asked),
            complete=result.complete,
            verdicts={outcome.route: outcome.verdict for outcome in result.outcomes},
            advice=result.advice,
            milliseconds=tuple(took),
        )


def answer_of(answers: Profile, name: str, vocabulary: Mapping[str, Fact]) -> KnownFact | None:
    """
    What a persona answers to a question; None if they do not know.

    A question that settles several facts is answered from what the persona knows of those.
    """
    known = answers.get(name)
    if known is None and (ticked := agreeing_answer(vocabulary[name], answers.facts(), vocabulary)):
        known = KnownFact(name=name, value=ticked, origin="chosen")
    return known
