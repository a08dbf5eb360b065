"""The zelftest as every persona takes it, as a hundred thousand drawn visitors do, and what stands next to it."""

import gc
import time
from collections.abc import Iterator, Mapping
from random import Random
from typing import Annotated, Literal

from pydantic import Field, RootModel

from assistant.eligibility.entailed import agreeing_answer
from assistant.eligibility.profile import KnownFact, Profile, parse_facts
from assistant.eligibility.verdict import Eligibility, Verdict
from assistant.zelftest.result import zelftest_result
from evaluation.casebook import Casebook
from evaluation.product import Product
from evaluation.zelftest import sweep
from evaluation.zelftest.peers import PEERS, PeerMeasured, peers, profile_with
from evaluation.zelftest.sweep import Swept
from evaluation.zelftest.walk import Walker
from knowledge.fact import Fact
from knowledge.record import Frozen

_MOST_QUESTIONS = 40
_SEED = 11
_REGION = "haaglanden"


_COLD_TIMES = 20


class Taken(Frozen):
    """One zelftest of a persona, from the first question to the end."""

    kind: Literal["taken"] = "taken"
    id: str
    asked: tuple[str, ...]
    complete: bool
    verdicts: dict[str, Verdict]
    advice: str
    milliseconds: tuple[float, ...]
    """How long each step took."""


class Cold(Frozen):
    """A whole result for visitors of whom nothing can be remembered."""

    kind: Literal["cold"] = "cold"
    milliseconds: tuple[float, ...]


class Generated(RootModel[Annotated[Taken | Swept | PeerMeasured | Cold, Field(discriminator="kind")]]):
    """One thing that came out."""


def size(casebook: Casebook) -> int:
    """How many things come out."""
    return len(casebook.personas) + sweep.CHUNKS + PEERS + 1


def generate(product: Product, casebook: Casebook) -> Iterator[Generated]:
    """The personas, the sweep a part at a time, and what stands next to it."""
    eligibility = product.publication.eligibility
    # Forked before anything is timed, so that what the sweep remembers helps nobody afterwards.
    yield from map(Generated, sweep.sweep(eligibility, sweep.PROFILES))
    fresh = Eligibility(eligibility.catalogue, eligibility.on)
    yield from map(Generated, _taken(fresh, casebook))
    yield from map(Generated, peers(Eligibility(eligibility.catalogue, eligibility.on)))
    yield Generated(_cold(eligibility))


def _cold(eligibility: Eligibility) -> Cold:
    """Every time with rules that were just made ready: warmed up by somebody who told nothing."""
    took, walker, draw = list[float](), Walker(eligibility), Random(_SEED)  # noqa: S311 - a visitor, not a secret
    for _ in range(_COLD_TIMES):
        profile = profile_with(walker.visitor(draw))
        fresh = Eligibility(eligibility.catalogue, eligibility.on)
        zelftest_result(fresh, Profile(), region=_REGION)
        gc.collect()
        gc.freeze()  # as the server does once it has started
        began = time.perf_counter()
        zelftest_result(fresh, profile, region=_REGION)
        took.append(1000 * (time.perf_counter() - began))
        gc.unfreeze()
    return Cold(milliseconds=tuple(took))


def _taken(eligibility: Eligibility, casebook: Casebook) -> Iterator[Taken]:
    """One a persona; somebody who does not know an answer says so."""
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
