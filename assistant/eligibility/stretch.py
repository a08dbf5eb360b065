"""When what happens on the way into a route: one stretch of time after another, in months from now."""

from collections.abc import Iterator, Sequence

from assistant.eligibility.change import Change
from knowledge.record import Frozen
from knowledge.route import Months, Route

_WORDS = {
    "nl": {
        "starts": "Begin",
        "alone": "Duur",
        "then": "Daarna deze route",
        "unknown": "hoe lang dit duurt, is niet bekend",
    },
    "en": {
        "starts": "Start",
        "alone": "Duration",
        "then": "Then this route",
        "unknown": "how long this takes is not known",
    },
}


class Stretch(Frozen):
    """
    One thing that happens, with its time in words and as a bar.

    A bar goes from `begins` to `ends` if all goes at its fastest, and to `latest` if everything takes its time. All three
    are null where no source gives the months of this or of what comes before it: then the words are all we know.
    """

    label: str
    time: str
    begins: int | None = None
    ends: int | None = None
    latest: int | None = None


def stretches(route: Route, changes: Sequence[Change] = (), locale: str = "nl") -> tuple[Stretch, ...]:
    """
    What has to change first, one after another, and then the route itself; before it when in the year it begins.

    Changes that take no time (a choice) are left out; when a route begins is written in Dutch alone.
    """
    return tuple(_stretches(route, changes, "en" if locale == "en" else "nl"))


def _stretches(route: Route, changes: Sequence[Change], locale: str) -> Iterator[Stretch]:
    words = _WORDS[locale]
    slow = [each for each in changes if each.duration is None or each.duration.at_most > 0]
    soonest, latest, known = 0, 0, True
    for change in slow:
        label = change.needed_en if locale == "en" else change.needed
        if change.duration is None:
            known = False
            yield Stretch(label=label, time=words["unknown"])
            continue
        yield _drawn(label, change.duration, locale, (soonest, latest) if known else None)
        soonest, latest = soonest + change.duration.at_least, latest + change.duration.at_most
    if route.starts is not None and locale == "nl":
        yield Stretch(label=words["starts"], time=route.starts.text)
    if route.duration is not None:
        label = words["then" if slow else "alone"]
        yield _drawn(label, route.duration, locale, (soonest, latest) if known else None)


def _drawn(label: str, months: Months, locale: str, after: tuple[int, int] | None) -> Stretch:
    time = months.in_words(locale)
    if after is None:
        return Stretch(label=label, time=time)
    soonest, latest = after
    return Stretch(
        label=label, time=time, begins=soonest, ends=soonest + months.at_least, latest=latest + months.at_most
    )
