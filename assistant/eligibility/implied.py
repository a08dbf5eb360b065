"""The rules that a route's own record implies: for which kind of school it is, and for which job."""

from collections.abc import Mapping, Sequence

from assistant.eligibility.wording import listed, lowered
from knowledge.fact import Fact
from knowledge.route import Route
from knowledge.rule import Atom, Rule

_SENTENCES: Mapping[str, tuple[str, str, str, str]] = {
    "sector": (
        "Deze route is voor {}.",
        "This route is for {}.",
        "Deze route past alleen als je kiest voor {}.",
        "This route only suits you if you choose {}.",
    ),
    "role": (
        "Met deze route word je {}.",
        "This route leads to work as {}.",
        "Deze route past alleen als je {} wilt worden.",
        "This route only suits you if you want to work as {}.",
    ),
}


def implied_rules(route: Route, vocabulary: Mapping[str, Fact]) -> tuple[Rule, ...]:
    """
    A requirement on the sector and one on the role, in the words of the options; none where every value will do.

    :param vocabulary: Facts by name; a fact that is not in it gives no rule.
    """
    wanted: Mapping[str, Sequence[str]] = {"sector": route.sectors, "role": route.roles}
    made = (_rule(route, vocabulary[name], values) for name, values in wanted.items() if name in vocabulary)
    return tuple(rule for rule in made if rule is not None)


def _rule(route: Route, fact: Fact, wanted: Sequence[str]) -> Rule | None:
    options = [option for option in fact.options if option.value in wanted]
    if not options or len(options) == len(fact.options):
        return None
    nl = listed([lowered(option.label.nl) for option in options], "nl")
    en = listed([lowered(option.label.en) for option in options], "en")
    statement, statement_en, otherwise, otherwise_en = _SENTENCES[fact.name]
    return Rule(
        id=f"{route.id}-{fact.name}",
        route=route.id,
        statement=statement.format(nl),
        statement_en=statement_en.format(en),
        condition=Atom(fact=fact.name, one_of=tuple(option.value for option in options)),
        otherwise=otherwise.format(nl),
        otherwise_en=otherwise_en.format(en),
        sources=route.sources,
        confidence=route.confidence,
    )
