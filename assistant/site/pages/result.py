"""The last pages of the zelftest: the outcome, the overview to keep, and the zelftest that was saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from assistant.eligibility.verdict import Eligibility
from assistant.site.answers import Answers
from assistant.site.pages.outcome import Advice, advice_for
from assistant.site.pages.outcome_alert import OUTCOME_ADDRESS, AskedOutcome
from assistant.site.pages.question import ADDRESS, Doubt, GivenAnswer, doubts_of, given_answers, shell_of
from assistant.site.shell import Shell
from assistant.site.visit import Visit
from assistant.site.wording import day_in_words
from assistant.storage.receipts import KeptReceipt
from assistant.storage.saved import SavedZelftest
from assistant.zelftest.receipt import told_again
from assistant.zelftest.replay import Replayer, Since
from assistant.zelftest.saved import until_in_words
from assistant.zelftest.since import ChangeSince, changes_in_words

_TITLES = {
    "past": "Dit past bij jou",
    "misschien": "Dit past misschien bij jou",
    "adviseur": "Hier moet een adviseur met je naar kijken",
    "bijna": "Nog geen route past helemaal. Zo kom je er wel",
}
_NOTHING = "Nog geen route past. Een adviseur denkt met je mee"


@dataclass(frozen=True)
class PlaceForm:
    """Where the visitor lives: asked last, and only to name their own loket."""

    value: str
    error: str
    suggestions: tuple[str, ...]
    known: tuple[str, ...]
    """The municipalities that can be chosen, by name."""


@dataclass(frozen=True)
class ResultPage:
    """The outcome of a zelftest, with what can be done with it."""

    shell: Shell
    title: str
    action: str
    state: str
    advice: Advice
    given: tuple[GivenAnswer, ...]
    doubts: tuple[Doubt, ...]
    place: PlaceForm
    number: str
    """Of the receipt; empty if it could not be kept."""
    overview: str
    """The address of the overview by its number; empty without one."""


@dataclass(frozen=True)
class RecapPage:
    """The overview to print or to save: everything on one page, unfolded."""

    shell: Shell
    title: str
    advice: Advice
    given: tuple[GivenAnswer, ...]
    number: str
    address: str
    """Where this overview can be found again, whole; empty if it cannot."""
    action: str
    state: str
    """To go on with the same answers."""
    asked: AskedOutcome
    doubts: tuple[Doubt, ...] = ()
    changes: tuple[ChangeSince, ...] = ()
    """What changed since the day of the advice."""
    is_old: bool = False
    """Whether it is of another day than today."""


@dataclass(frozen=True)
class SavedPage:
    """The link that opens the zelftest later."""

    shell: Shell
    action: str
    state: str
    link: str
    mail: str
    """Opens the visitor's own mail with the link in it."""
    until: str
    asked: AskedOutcome
    code: str


@dataclass(frozen=True)
class MessagePage:
    """That something is there no more, or is done, and the way on."""

    shell: Shell
    title: str
    text: str
    asks_number: bool = False
    typed: str = ""


def result_page(
    visit: Visit,
    eligibility: Eligibility,
    answers: Answers,
    advice: Advice,
    number: str | None,
    *,
    place: tuple[str, str, Sequence[str]] = ("", "", ()),
    notice: str = "",
) -> ResultPage:
    """
    The outcome on a page.

    :param place: What was typed for a municipality, why that is none we know, and which ones look like it.
    """
    catalogue = eligibility.catalogue
    title = title_of(advice)
    shell = shell_of(visit, title, notice=notice)
    lives_in = next((each.words for each in given_answers(catalogue, answers) if each.fact == "municipality"), "")
    typed, error, suggestions = place
    return ResultPage(
        shell=shell,
        title=title,
        action=shell.link(ADDRESS),
        state=answers.as_field(),
        advice=advice,
        given=given_answers(catalogue, answers),
        doubts=tuple(doubts_of(eligibility, answers, answers.profile(catalogue))),
        place=PlaceForm(
            value=typed or lives_in,
            error=error,
            suggestions=tuple(suggestions),
            known=tuple(sorted(each.name for each in visit.catalogue.municipalities.values())),
        ),
        number=number or "",
        overview=shell.link(f"{ADDRESS}/overzicht/{number}") if number else "",
    )


def recap_page(
    visit: Visit, eligibility: Eligibility, answers: Answers, advice: Advice, number: str | None
) -> RecapPage:
    """The overview of answers that the visitor has at hand."""
    shell = shell_of(visit, "Jouw overzicht")
    return RecapPage(
        shell=shell,
        title=title_of(advice),
        advice=advice,
        given=given_answers(eligibility.catalogue, answers),
        number=number or "",
        address=f"{visit.public_url}{ADDRESS}/overzicht/{number}" if number else "",
        action=shell.link(ADDRESS),
        state=answers.as_field(),
        asked=AskedOutcome(shell.link(OUTCOME_ADDRESS), answers.as_field()),
        doubts=tuple(doubts_of(eligibility, answers, answers.profile(eligibility.catalogue))),
    )


def recap_of_receipt(visit: Visit, kept: KeptReceipt, replayer: Replayer, today: Eligibility) -> RecapPage:
    """
    The overview of an advice that was given before, as it was: by the rules and the amounts of its own day.

    Where those are no longer kept it is what the same answers lead to now, and the page says so.
    """
    receipt = kept.receipt
    eligibility = replayer.then(receipt)
    judged = eligibility or today
    profile, _ = told_again(receipt, judged.catalogue)
    since = replayer.since(receipt, today)
    advice, _ = advice_for(visit, judged, profile, receipt.region or visit.home_region, on_paper=True)
    answers = Answers(
        facts={**{name: receipt.facts.get(name) for name in receipt.asked}, **dict.fromkeys(receipt.unknown)}
    )
    notices = _notices(kept, eligibility is None, since, today)
    shell = shell_of(visit, "Jouw overzicht", notice=" ".join(notices))
    return RecapPage(
        shell=shell,
        title=title_of(advice),
        advice=advice,
        given=given_answers(judged.catalogue, answers),
        number=kept.id,
        address=f"{visit.public_url}{ADDRESS}/overzicht/{kept.id}",
        action=shell.link(ADDRESS),
        state=answers.as_field(),
        asked=AskedOutcome(shell.link(OUTCOME_ADDRESS), answers.as_field(), kept.id),
        changes=changes_in_words(since),
        is_old=receipt.day != today.on,
    )


def saved_page(visit: Visit, answers: Answers, kept: SavedZelftest) -> SavedPage:
    """The page that hands the link over."""
    shell = shell_of(visit, "Je zelftest is bewaard")
    link = f"{visit.public_url}{ADDRESS}/verder/{answers.code}"
    until = until_in_words(kept.expires_at)
    return SavedPage(
        shell=shell,
        action=shell.link(ADDRESS),
        state=answers.as_field(),
        link=link,
        mail=_mail("Mijn zelftest van Loketgids", f"Met deze link ga ik verder ({until}): {link}"),
        until=until,
        asked=AskedOutcome(shell.link(OUTCOME_ADDRESS), answers.as_field()),
        code=answers.code,
    )


def message_page(
    visit: Visit, title: str, text: str, *, asks_number: bool = False, typed: str = "", has_english: bool = False
) -> MessagePage:
    """A page with one message and the way on."""
    if has_english:
        title, text = visit.say(title), visit.say(text)
    shell = shell_of(visit, title, has_english=has_english)
    return MessagePage(shell, title, text, asks_number, typed)


def title_of(advice: Advice) -> str:
    """The best that there is to say, as a heading."""
    return _TITLES[advice.groups[0].id] if advice.groups else _NOTHING


def _notices(kept: KeptReceipt, is_retired: bool, since: Since, today: Eligibility) -> list[str]:
    told = []
    if is_retired:
        told.append(
            f"Dit advies is van {day_in_words(kept.receipt.day)}. De regels en bedragen van die dag bewaren we niet meer. "
            "Hieronder staat daarom wat jouw antwoorden nu opleveren."
        )
    elif kept.receipt.day != today.on:
        changed = "Er is sindsdien iets veranderd." if changes_in_words(since) else "Er is sindsdien niets veranderd."
        told.append(f"Dit advies is van {day_in_words(kept.receipt.day)}. {changed}")
    return told


def _mail(subject: str, body: str) -> str:
    return f"mailto:?subject={quote(subject)}&body={quote(body)}"
