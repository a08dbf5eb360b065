"""The verdict on every route for every persona."""

from collections.abc import Iterator

from assistant.eligibility.profile import parse_facts
from assistant.eligibility.verdict import Verdict
from evaluation.casebook import Casebook
from evaluation.product import Product
from knowledge.record import Frozen


class JudgedRoutes(Frozen):
    """What every route is to one persona, and the statements of the rules that made it so."""

    id: str
    verdicts: dict[str, Verdict]
    because: dict[str, tuple[str, ...]]
    missing: dict[str, tuple[str, ...]]


def generate(product: Product, casebook: Casebook) -> Iterator[JudgedRoutes]:
    """One a persona, in order."""
    eligibility = product.publication.eligibility
    for persona in casebook.personas:
        facts = parse_facts(persona.facts, eligibility.vocabulary).facts()
        verdicts = eligibility.verdicts(facts)
        yield JudgedRoutes(
            id=persona.id,
            verdicts={each.route.id: each.verdict for each in verdicts},
            because={each.route.id: tuple(rule.rule.statement for rule in each.deciding()) for each in verdicts},
            missing={each.route.id: each.missing for each in verdicts},
        )
