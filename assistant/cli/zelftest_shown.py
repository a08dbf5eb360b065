"""How `loket zelftest` looks: a question, the answers so far, and the outcome from reasons to the loket."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from assistant.eligibility.profile import Profile
from assistant.eligibility.verdict import Eligibility
from assistant.eligibility.wording import value_in_words
from assistant.zelftest.flow import Remaining
from assistant.zelftest.outcome import AtLoket, MoneyItem, Outcome, WouldChange
from assistant.zelftest.question import Locale, Question
from assistant.zelftest.result import ZelftestResult
from knowledge.route import Months

_MOST_LISTED = 20
_MOST_WHOLE = 3
"""Of how many routes of a kind everything is shown; the others are named."""
_MOST_REASONS = 6
_PLAIN = ("sector", "role")
"""That a route is for the kind of school and the job somebody chose goes without saying."""
_STYLES = {"fits": "green", "possible": "yellow", "ask_adviser": "cyan", "does_not_fit": "magenta"}
_SIGNS = {True: ("+", "green"), False: ("-", "red"), None: ("?", "yellow")}
_HEADINGS = {
    "nl": {
        "fits": "Dit past bij je", "possible": "Dit kan misschien", "ask_adviser": "Hier kijkt een adviseur met je mee",
        "does_not_fit": "Dit past nu net niet",
    },
    "en": {
        "fits": "This fits you", "possible": "This may be possible", "ask_adviser": "An adviser looks at this with you",
        "does_not_fit": "This does not quite fit now",
    },
}  # fmt: skip
_SAY = {
    "nl": {
        "several": "meer antwoorden mag, met komma's", "decides": "telt voor {} routes", "still": "nog ongeveer {} {}",
        "question": "vraag", "questions": "vragen", "told": "Wat je vertelde", "unknown": "weet ik niet",
        "why": "Waarom", "change": "Wat er dan anders moet", "steps": "Stappen", "open": "Nog uit te zoeken",
        "money": "Jouw geld", "length": "Hoe lang", "next": "Eerste stap", "loket": "Jouw loket", "also": "Ook: {}",
        "time": "Tijd", "cost": "Kosten", "free": "niets", "at_once": "meteen", "not_known": "niet bekend",
        "now": "Wat je nu doet", "answered": "{} {} beantwoord", "together": "Alles bij elkaar",
    },
    "en": {
        "several": "more than one is fine, with commas", "decides": "matters to {} routes", "still": "about {} {} to go",
        "question": "question", "questions": "questions", "told": "What you told", "unknown": "I do not know",
        "why": "Why", "change": "What would have to change", "steps": "Steps", "open": "Still to find out",
        "money": "Your money", "length": "How long", "next": "First step", "loket": "Your desk", "also": "Also: {}",
        "time": "Time", "cost": "Cost", "free": "nothing", "at_once": "at once", "not_known": "not known",
        "now": "What to do now", "answered": "{} {} answered", "together": "All together",
    },
}  # fmt: skip


def show_question(console: Console, question: Question, to_come: Remaining | None, locale: Locale) -> None:
    """One question with its answers, and how much is still to come and why."""
    say = _SAY[locale]
    console.print()
    if to_come is not None:
        number = say["question" if to_come.about == 1 else "questions"]
        about = say["still"].format(to_come.about, number)
        console.print(f"{about[:1].upper()}{about[1:]}. {escape(to_come.because)}", style="dim")
    hint = f"  [dim]({say['decides'].format(question.decides)})[/dim]" if question.decides else ""
    console.print(f"[bold]{escape(question.text)}[/bold]{hint}")
    options = [option for option in question.options if option.value is not None]
    if len(options) > _MOST_LISTED:
        console.print("  " + escape(", ".join(option.label for option in options)), style="dim")
    else:
        for number_of, option in enumerate(options, start=1):
            console.print(f"  {number_of}. {escape(option.label)}")
    if question.input == "set":
        console.print(f"  ({say['several']})", style="dim")
    if question.minimum is not None:
        console.print(f"  {question.minimum}-{question.maximum}", style="dim")


def show_answers(console: Console, eligibility: Eligibility, profile: Profile, locale: Locale) -> None:
    """What was told, numbered."""
    for number, told in enumerate((each for each in profile.known if each.name in eligibility.vocabulary), start=1):
        fact = eligibility.vocabulary[told.name]
        words = value_in_words(fact, told.value, locale, eligibility.catalogue.subjects, by="and")
        place = eligibility.catalogue.municipalities.get(str(told.value)) if told.name == "municipality" else None
        console.print(f"  {number}. {escape(fact.label.in_locale(locale))}: {escape(place.name if place else words)}")
    for name in sorted(profile.unknown & eligibility.vocabulary.keys()):
        console.print(f"  -  {escape(eligibility.vocabulary[name].label.in_locale(locale))}: {_SAY[locale]['unknown']}")


def show_result(
    console: Console, eligibility: Eligibility, result: ZelftestResult, profile: Profile, locale: Locale
) -> None:
    """Everything: what was told, doubts, the routes by verdict, and what to do now."""
    say = _SAY[locale]
    answered = len([each for each in profile.known if each.name != "municipality"])
    console.print()
    number = say["question" if answered == 1 else "questions"]
    console.rule(f"{say['told']}: {say['answered'].format(answered, number)}")
    show_answers(console, eligibility, profile, locale)
    for doubt in result.doubts:
        console.print(f"! {escape(doubt.text)}", style="yellow")
    for verdict in _HEADINGS[locale]:
        found = [each for each in result.outcomes if each.verdict == verdict]
        if verdict == "does_not_fit":
            found = [each for each in found if each.would_change and each.steps][:_MOST_WHOLE]
        _show_group(console, found, verdict, result.loket, locale)
    if result.advice:
        console.print()
        console.rule(say["now"])
        console.print(escape(result.advice), style="bold")
    if result.loket:
        console.print(Group(*_headed(say["loket"], list(_loket(result.loket)))))


def _show_group(
    console: Console, outcomes: Sequence[Outcome], verdict: str, own: AtLoket | None, locale: Locale
) -> None:
    """Routes of one verdict; their loket only where it is another one than the visitor's own."""
    if not outcomes:
        return
    console.print()
    console.rule(f"[bold {_STYLES[verdict]}]{_HEADINGS[locale][verdict]}[/] ({len(outcomes)})", align="left")
    for outcome in outcomes[:_MOST_WHOLE]:
        title = f"[bold {_STYLES[verdict]}]{escape(outcome.title)}[/]"
        console.print(Panel(Group(*_parts(outcome, own, locale)), title=title, title_align="left"))
    if rest := outcomes[_MOST_WHOLE:]:
        console.print(escape(_SAY[locale]["also"].format("; ".join(each.title for each in rest))), style="dim")


def _parts(outcome: Outcome, own: AtLoket | None, locale: Locale) -> Iterator[RenderableType]:
    say = _SAY[locale]
    yield from _headed(say["why"], list(_reasons(outcome)))
    if outcome.would_change:
        lines = [line for change in outcome.would_change for line in _change(change, locale)]
        if len(outcome.would_change) > 1:
            lines.append(Text(f"{say['together']}: {_time(outcome.change_months, locale)}", style="bold"))
        yield from _headed(say["change"], lines)
    if outcome.verdict != "does_not_fit":
        yield from _headed(say["open"], [Text(f"? {each.text}") for each in outcome.to_find_out])
        steps = [
            Text(f"{number}. {step.title}{f' ({_small(step.duration)})' if step.duration else ''}")
            for number, step in enumerate(outcome.steps, start=1)
        ]
        yield from _headed(say["steps"], steps)
    if outcome.duration_months:
        yield from _headed(say["length"], [Text(outcome.duration_months.in_words(locale))])
    yield from _headed(say["money"], [Text(line) for line in outcome.money])
    yield from _headed(say["next"], [Text(outcome.next_step)])
    if outcome.loket and (own is None or outcome.loket.title != own.title):
        yield from _headed(say["loket"], list(_loket(outcome.loket)))


def _headed(heading: str, lines: Sequence[Text]) -> Iterator[RenderableType]:
    """A heading with its lines under it, if there are any."""
    if lines:
        yield Text(heading, style="bold")
        for line in lines:
            yield Padding(line, (0, 0, 0, 2))


def _reasons(outcome: Outcome) -> Iterator[Text]:
    telling = [each for each in outcome.reasons if not (each.met and each.fact in _PLAIN)]
    for reason in telling[:_MOST_REASONS]:
        sign, style = _SIGNS[reason.met]
        where = f" [{urlsplit(reason.source).netloc or reason.source}]" if reason.source else ""
        yield Text.assemble((f"{sign} ", style), reason.text, (where, "dim"))


def _change(change: WouldChange, locale: Locale) -> Iterator[Text]:
    """What has to be otherwise, how to get there, and what that takes."""
    say = _SAY[locale]
    yield Text(f"> {change.needed or change.text}", style="bold")
    if change.how:
        yield Text(f"  {change.how}")
    costs = "; ".join(map(_cost, change.costs)) or (say["free"] if change.is_free else say["not_known"])
    yield Text(f"  {say['time']}: {_time(change.duration_months, locale)}   {say['cost']}: {costs}")
    if change.unknown:
        yield Text(f"  {change.unknown}", style="dim")


def _cost(item: MoneyItem) -> str:
    return f"{item.title}{f', {item.amount}' if item.amount else ''}"


def _time(months: Months | None, locale: Locale) -> str:
    if months is None:
        return _SAY[locale]["not_known"]
    return months.in_words(locale) if months.at_most else _SAY[locale]["at_once"]


def _loket(loket: AtLoket) -> Iterator[Text]:
    yield Text(f"{loket.title}. {loket.reason}".strip())
    contact = [each for each in (loket.phone, loket.email, loket.url) if each]
    if contact:
        yield Text(", ".join(contact), style="dim")


def _small(duration: str) -> str:
    """A length of time inside a sentence: `Ongeveer een jaar.` becomes `ongeveer een jaar`."""
    return f"{duration[:1].lower()}{duration[1:]}".rstrip(".")
