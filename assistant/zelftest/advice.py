"""What to do now: the end of every zelftest, also of one in which nothing fits."""

from collections.abc import Sequence

from assistant.eligibility.change import Change, time_of
from assistant.eligibility.verdict import Eligibility, RouteVerdict
from assistant.eligibility.wording import listed
from knowledge.event import Orientation
from knowledge.routing import RoutedTo

_MOST_NAMED = 3
_SENTENCES = {
    "nl": {
        "fits": "Dit past bij wat je vertelde: {}.",
        "possible": "Dit kan misschien. Er moet nog iets duidelijk worden: {}.",
        "ask_adviser": "Een adviseur moet met je meekijken bij: {}.",
        "near": "Op dit moment past geen route helemaal. Dit komt het dichtst in de buurt: {}.",
        "nothing": "Op dit moment past geen route bij wat je vertelde.",
        "orientation": "Wil je eerst kijken of het werk bij je past? Kijk dan bij: {}.",
        "step": "Je eerste stap: {}",
        "change": "Daarvoor nodig bij {}: {}",
        "at_once": "dat kan meteen",
        "time": "dat duurt {}",
        "no_time": "hoe lang dat duurt, is niet bekend",
        "own_loket": "Een adviseur van {} denkt graag met je mee. Dat is gratis. {}",
        "loket": "Een adviseur van het loket denkt graag met je mee. Dat is gratis.",
    },
    "en": {
        "fits": "This fits what you told: {}.",
        "possible": "This may be possible. Something still has to become clear: {}.",
        "ask_adviser": "An adviser has to look at this with you: {}.",
        "near": "At this moment no route fits completely. The nearest are: {}.",
        "nothing": "At this moment no route fits what you told.",
        "orientation": "Do you want to see first whether the work suits you? Have a look at: {}.",
        "step": "Your first step: {}",
        "change": "What {} would take: {}",
        "at_once": "that can be done at once",
        "time": "that takes {}",
        "no_time": "how long that takes is not known",
        "own_loket": "An adviser of {} is glad to think along with you. It is free.",
        "loket": "An adviser of the desk is glad to think along with you. It is free.",
    },
}


def advice(
    eligibility: Eligibility, verdicts: Sequence[RouteVerdict], loket: RoutedTo | None = None, locale: str = "nl"
) -> str:
    """
    A few sentences with the best routes, the first step, and where to go; never empty.

    :param verdicts: The best first, as `Eligibility.verdicts` gives them.
    :param loket: The visitor's own, if where they live is known.
    """
    say = _SENTENCES["en" if locale == "en" else "nl"]
    best = verdicts[0].verdict if verdicts else "does_not_fit"
    near = [each for each in verdicts if each.verdict != "does_not_fit" or each.changes]
    named = [each for each in near if each.verdict == best][:_MOST_NAMED]
    titles = listed([each.route.in_locale(locale).title for each in named], locale) if named else ""
    if best != "does_not_fit":
        told = [say[best].format(titles)]
    else:
        told = [say["near"].format(titles) if named else say["nothing"]]
    if named and best == "does_not_fit":
        told.append(_change(named[0], locale))
    if named:
        told.append(say["step"].format(named[0].route.next_step))
    orientations = [each.title for each in _orientations(eligibility, named)]
    if orientations and best != "fits":
        told.append(say["orientation"].format(listed(orientations, locale)))
    own = loket and say["own_loket"].format(loket.loket.in_locale(locale).title, loket.reason).strip()
    return " ".join([*told, own or say["loket"]])


def _change(nearest: RouteVerdict, locale: str) -> str:
    """What the nearest route takes, with its time."""
    say = _SENTENCES["en" if locale == "en" else "nl"]
    title = nearest.route.in_locale(locale).title
    how = [_to_do(each, locale) for each in nearest.changes]
    takes = time_of(nearest.changes)
    if takes is None:
        time = say["no_time"]
    else:
        time = say["time"].format(takes.in_words(locale)) if takes.at_most else say["at_once"]
    return say["change"].format(title, f"{' '.join(how)} {time[:1].upper()}{time[1:]}.")


def _orientations(eligibility: Eligibility, named: Sequence[RouteVerdict]) -> tuple[Orientation, ...]:
    """What to look at first: what the routes named point at, else what holds everywhere."""
    catalogue = eligibility.catalogue
    ids = [id_ for each in named for id_ in each.route.orientations]
    linked = catalogue.linked(list(dict.fromkeys(ids)), Orientation)
    everywhere = (each for each in catalogue.all(Orientation) if not each.regions)
    return tuple(each for each in linked or tuple(everywhere) if each.is_valid_on(eligibility.on))[:2]


def _to_do(change: Change, locale: str) -> str:
    needed = change.needed_en if locale == "en" else change.needed
    return f"{needed}. {change.move.how.in_locale(locale) if change.move else ''}".strip()
