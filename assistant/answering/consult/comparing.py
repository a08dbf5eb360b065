"""Routes side by side, when a question names two or more and asks for the difference."""

from collections.abc import Sequence
from itertools import pairwise

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult.consultation import Consultation
from assistant.answering.state import Topic
from assistant.answering.turn import Finding
from assistant.answering.understand.names import MAX_WORDS
from assistant.answering.understand.text import Text, joined
from assistant.zelftest.comparison import FEWEST, MOST, comparison
from knowledge.record import Kind
from knowledge.route import Route

_WISHES = frozenset({"sector", "role", "subject", "municipality", "goal", "start", "motive"})
"""What somebody wants: without more than that every route may fit, and a verdict says nothing."""
Span = tuple[int, int]


def compare(c: Consultation, joined_by: str = "") -> Finding | None:
    """
    The routes that a question names, side by side; None if it names fewer than two.

    :param joined_by: The word that has to stand between two of them; empty: anything may.
    """
    routes = _compared(c, joined_by)
    if len(routes) < FEWEST:
        return None
    tells = any(fact.name not in _WISHES for fact in c.profile.known)
    return Finding(
        template="comparison",
        status=AnswerStatus.ANSWERED_LIST,
        values={"routes": routes},
        compared=comparison(
            c.knowledge.eligibility, [route.id for route in routes], c.profile if tells else None, c.region, c.locale
        ),
        cited=tuple(routes),
        topic=Topic(intent="route_info", route_id=routes[0].id),
    )


def _compared(c: Consultation, joined_by: str) -> list[Route]:
    """One route for each thing that is named, in the order of the question."""
    named = [each for each in c.named(Kind.ROUTE) if isinstance(each, Route)]
    spans = _things(c.understood.text, named)
    things = [spans[span] for span in sorted(spans)]
    if joined_by and not _stand_around(joined_by, Text(c.understood.text).words, sorted(spans)):
        return []
    if len(things) < FEWEST:
        things = _families(named)
    chosen: list[Route] = []
    for thing in things:
        others = {sector for other in things if other is not thing for route in other for sector in route.sectors}
        best = min(
            thing, key=lambda route: (not c.suits_sector(route), not others & set(route.sectors), _place(c, route))
        )
        if best not in chosen:
            chosen.append(best)
    return chosen[:MOST]


def _place(c: Consultation, route: Route) -> int:
    """How well it fits what is known of the visitor: 0 is best."""
    return next((place for place, each in enumerate(c.verdicts) if each.route.id == route.id), len(c.verdicts))


def _stand_around(word: str, words: Sequence[str], spans: Sequence[Span]) -> bool:
    """Whether the word stands between two things: `pabo of zij-instroom`, and not `is de pabo zwaar of niet`."""
    return any(word in words[one[1] : other[0]] for one, other in pairwise(spans))


def _things(text: str, named: Sequence[Route]) -> dict[Span, list[Route]]:
    """The routes by the words that stand for them: `zij-instroom` is one thing, in each kind of school a route."""
    by_words: dict[Span, list[Route]] = {}
    words = Text(text).words
    for route in named:
        span = _longest_span(words, route)
        if span is not None:
            by_words.setdefault(span, []).append(route)
    return by_words


def _longest_span(words: Sequence[str], route: Route) -> Span | None:
    """Where a name of the route stands, in words; None if it is misspelt."""
    names = {joined(name) for name in (route.title, *route.also_called)}
    names |= {joined(each.title) for each in route.translations.values()}
    found = [
        (start, end)
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + MAX_WORDS) + 1)
        if "".join(words[start:end]) in names
    ]
    return max(found, key=lambda span: span[1] - span[0], default=None)


def _families(named: Sequence[Route]) -> list[list[Route]]:
    """The routes by the first word of their id: `pabo`, `zij`; for names that are misspelt."""
    families: dict[str, list[Route]] = {}
    for route in named:
        families.setdefault(route.id.split("-")[0], []).append(route)
    return list(families.values())[:FEWEST]
