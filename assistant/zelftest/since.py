"""What changed since an advice, in Dutch: for the visitor who kept it and for the adviser who is asked about it."""

from dataclasses import dataclass

from assistant.eligibility.verdict import Verdict
from assistant.zelftest.replay import AmountDifference, RouteDifference, RuleDifference, Since

_VERDICTS: dict[Verdict, str] = {
    "fits": "past",
    "possible": "past misschien",
    "ask_adviser": "vraag een adviseur",
    "does_not_fit": "past nu niet",
}
_RULES = {
    "new": "Nieuwe regel",
    "gone": "Deze regel geldt niet meer",
    "changed": "Deze regel is veranderd",
    "judged_otherwise": "Deze regel valt voor jou nu anders uit",
}


@dataclass(frozen=True)
class ChangeSince:
    """One route of which something is not what it was, in words."""

    title: str
    verdicts: str
    lines: tuple[str, ...]


def changes_in_words(since: Since) -> tuple[ChangeSince, ...]:
    """What changed in the routes that fitted or may have, then or now."""
    return tuple(
        ChangeSince(each.title, _verdicts(each), (*map(_rule, each.rules), *map(_amount, each.amounts)))
        for each in since.routes
        if each.is_within_reach
    )


def _verdicts(difference: RouteDifference) -> str:
    then, now = _verdict(difference.then), _verdict(difference.now)
    return f"Was: {then}. Is nu: {now}." if difference.is_another_verdict else f"Blijft: {now}."


def _verdict(verdict: Verdict | None) -> str:
    return _VERDICTS[verdict] if verdict is not None else "deze route was er niet"


def _rule(difference: RuleDifference) -> str:
    return f"{_RULES[difference.what]}: {difference.statement}".rstrip(": ")


def _amount(difference: AmountDifference) -> str:
    then, now = "; ".join(difference.then), "; ".join(difference.now)
    return f"{difference.title}. Was: {then or 'er nog niet'}. Is nu: {now or 'er niet meer'}."
