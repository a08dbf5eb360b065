"""What keeps content from being served although every reference in it is there: then it is not published either."""

from collections.abc import Iterator
from datetime import date
from typing import get_args

from assistant.eligibility.verdict import Eligibility
from knowledge.catalogue import Content
from knowledge.fact import Fact, FactName
from knowledge.guard import GuardName
from knowledge.publishing.item import ItemKey
from knowledge.publishing.problems import ContentProblem
from knowledge.reader import publish


def unsound(content: Content, on: date) -> tuple[ContentProblem, ...]:
    """
    What the zelftest and the conversation cannot work with.

    :param content: With every reference in order.
    :param on: A day on which it is served.
    """
    found = (*_missing(content), *_in_circles(content.facts))
    return found or tuple(_unjudged(content, on))


def _missing(content: Content) -> Iterator[ContentProblem]:
    """What the program asks for by name."""
    facts, guards = {str(fact.name) for fact in content.facts}, {str(guard.name) for guard in content.guards}
    for group, names, there in (("facts", get_args(FactName), facts), ("guards", get_args(GuardName), guards)):
        for name in names:
            if name not in there:
                yield ContentProblem(
                    ItemKey(group, name),
                    f"‘{name}’ kan niet weg: de gesprekken en de zelftest werken ermee.",
                    f"{group}/{name} is missing, and the program asks for it",
                )


def _in_circles(facts: tuple[Fact, ...]) -> Iterator[ContentProblem]:
    """Questions that wait for each other."""
    by_name = {str(fact.name): fact for fact in facts}
    told = set[str]()
    for fact in facts:
        path, at = [str(fact.name)], str(fact.after)
        while at and at in by_name and at not in path:
            path.append(at)
            at = str(by_name[at].after)
        circle = path[path.index(at) :] if at in path else []
        if circle and told.isdisjoint(circle):
            told.update(circle)
            labels = " na ".join(f"‘{by_name[name].label.nl}’" for name in [*circle, circle[0]])
            yield ContentProblem(
                ItemKey("facts", circle[0]),
                f"Deze vragen wachten op elkaar: {labels}. Haal bij één ervan weg waar hij na komt.",
                f"facts are asked after each other in a circle: {' -> '.join(circle)}",
                "after",
            )


def _unjudged(content: Content, on: date) -> Iterator[ContentProblem]:
    """Rules that cannot be made ready, whatever the reason."""
    try:
        made = Eligibility(publish(content), on)
        routes, impossible = {route.id for route in made.routes}, set(made.impossible())
    except Exception as error:
        yield ContentProblem(
            ItemKey("rules", ""),
            "Met deze regels kan de zelftest niet worden gemaakt. Kijk de voorwaarden in deze wijziging na.",
            f"the rules cannot be made ready: {type(error).__name__}: {error}",
        )
        return
    if routes and routes == impossible:
        yield ContentProblem(
            ItemKey("rules", ""),
            "Met deze regels past geen enkele route nog bij iemand. Kijk de voorwaarden in deze wijziging na.",
            "no route fits anybody with these rules",
        )
