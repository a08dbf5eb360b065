"""`loket zelftest`: the zelftest in a terminal, or as JSON for a program."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from assistant.eligibility.profile import KnownFact, Profile, parse_facts
from assistant.eligibility.verdict import Eligibility
from assistant.eligibility.wording import value_in_words
from assistant.settings import Settings
from assistant.zelftest.flow import next_question
from assistant.zelftest.outcome import Outcome
from assistant.zelftest.question import Locale, Question
from assistant.zelftest.result import ZelftestResult, zelftest_result
from knowledge.reader import CONTENT, ContentError, read_catalogue

_USED_WRONGLY = 2
_FOUND_WRONG = 1
_MOST_SHOWN = 6
_MOST_LISTED = 20
_VERDICTS = {
    "nl": {"fits": "past", "possible": "misschien", "does_not_fit": "past niet", "ask_adviser": "vraag een adviseur"},
    "en": {"fits": "fits", "possible": "possible", "does_not_fit": "does not fit", "ask_adviser": "ask an adviser"},
}
_STYLES = {"fits": "green", "possible": "yellow", "ask_adviser": "cyan", "does_not_fit": "red"}
_SIGNS = {True: "+", False: "-", None: "?"}
_SAY = {
    "nl": {
        "keys": "Enter: weet ik niet   ?: waarom   t: terug   q: stoppen",
        "several": "meer antwoorden mag, met komma's",
        "wrong": "Dat begrijp ik niet. Kies een van de antwoorden.",
        "decides": "routes waarvoor dit telt: {}",
        "change": "Dan wel: {}",
        "next": "Eerste stap: {}",
        "cost": "Kosten",
        "subsidy": "Geld dat je kunt krijgen",
        "asked": "{} vragen beantwoord",
    },
    "en": {
        "keys": "Enter: I do not know   ?: why   t: back   q: stop",
        "several": "more than one is fine, with commas",
        "wrong": "I do not understand that. Choose one of the answers.",
        "decides": "routes this matters to: {}",
        "change": "It would with: {}",
        "next": "First step: {}",
        "cost": "Costs",
        "subsidy": "Money you may get",
        "asked": "{} questions answered",
    },
}


def zelftest(
    facts: Annotated[str, typer.Option(help='What is known already, as JSON: \'{"sector": ["po"]}\'.')] = "{}",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the result on these facts as JSON; ask nothing.")
    ] = False,
    locale: Annotated[str, typer.Option(help="Language of the questions: nl or en.")] = "nl",
) -> None:
    """
    Take the zelftest: from answers to routes, with reasons.

    Examples:

        loket zelftest

        loket zelftest --facts '{"sector": ["po"], "role": "leraar"}'

        loket zelftest --json --facts '{"sector": ["vo"], "diploma_level": "wo-master"}'
    """
    spoken: Locale = "en" if locale == "en" else "nl"
    eligibility = _loaded()
    try:
        known: Any = json.loads(facts)
        if not isinstance(known, dict):
            raise ValueError("give an object of facts and values")
        profile = parse_facts(known, eligibility.vocabulary)
    except ValueError as error:
        typer.echo(f"--facts cannot be used: {error}", err=True)
        raise typer.Exit(_USED_WRONGLY) from error
    if as_json:
        typer.echo(zelftest_result(eligibility, profile, spoken).model_dump_json(indent=2))
        return
    console = Console()
    profile = _asked(console, eligibility, profile, spoken)
    _show(console, zelftest_result(eligibility, profile, spoken), profile, spoken)


def _loaded() -> Eligibility:
    folder = Settings().content or CONTENT
    try:
        return Eligibility(read_catalogue(folder), date.today())  # noqa: DTZ011 - the visitor's own day
    except ContentError as error:
        typer.echo(f"the content cannot be used; mend it and run `loket knowledge validate`:\n{error}", err=True)
        raise typer.Exit(_FOUND_WRONG) from error


def _asked(console: Console, eligibility: Eligibility, profile: Profile, locale: Locale) -> Profile:
    """The profile after every question that matters, or as it was when the visitor stopped."""
    trail: list[Profile] = []
    console.print(_SAY[locale]["keys"], style="dim")
    while question := next_question(eligibility, profile, locale):
        _show_question(console, question, locale)
        line = _line()
        if line in ("q", None):
            break
        if line == "?":
            console.print(f"  {escape(question.why)}", style="italic")
        elif line == "t":
            profile = trail.pop() if trail else profile
        elif line == "":
            trail.append(profile)
            profile = profile.skipping(question.fact)
        else:
            try:
                fact = eligibility.vocabulary[question.fact]
                value = fact.parse(_value(question, line))
            except ValueError:
                console.print(_SAY[locale]["wrong"], style="red")
                continue
            trail.append(profile)
            told = KnownFact(name=fact.name, value=value, origin="chosen", words=line[:300], confirmed=True)
            profile = profile.with_facts([told])
            console.print(
                f"  {escape(value_in_words(fact, value, locale, eligibility.catalogue.subjects))}", style="dim"
            )
    return profile


def _line() -> str | None:
    """What was typed; None at the end of the input."""
    sys.stdout.flush()
    line = sys.stdin.readline()
    return line.strip().lower() if line else None


def _value(question: Question, line: str) -> Any:
    """
    What was chosen: by number, by value or by its first letters.

    :raises ValueError: If it is none of the answers, or more than one of them.
    """
    if question.input == "number":
        return int(line)
    if question.input in ("text", "municipality"):
        return line
    chosen = [_choice(question, part.strip()) for part in line.split(",")]
    if question.input == "set":
        return chosen
    if len(chosen) != 1:
        raise ValueError("one answer is asked for")
    return chosen[0]


def _choice(question: Question, part: str) -> str | bool | None:
    options = [option for option in question.options if option.value is not None]
    if part.isdigit() and 1 <= int(part) <= len(options):
        return options[int(part) - 1].value
    same = [option for option in options if option.value == part]
    found = same or [option for option in options if part and option.label.lower().startswith(part)]
    if len(found) != 1:
        raise ValueError("no such answer")
    return found[0].value


def _show_question(console: Console, question: Question, locale: Locale) -> None:
    say = _SAY[locale]
    decides = say["decides"].format(question.decides)
    console.print(f"\n[bold]{escape(question.text)}[/bold]  [dim]({decides})[/dim]")
    options = [option for option in question.options if option.value is not None]
    if len(options) > _MOST_LISTED:
        console.print("  " + escape(", ".join(option.label for option in options)), style="dim")
    else:
        for number, option in enumerate(options, start=1):
            console.print(f"  {number}. {escape(option.label)}")
    if question.input == "set":
        console.print(f"  ({say['several']})", style="dim")
    if question.minimum is not None:
        console.print(f"  {question.minimum}-{question.maximum}", style="dim")


def _show(console: Console, result: ZelftestResult, profile: Profile, locale: Locale) -> None:
    say = _SAY[locale]
    console.rule(say["asked"].format(len(profile.known)))
    for doubt in result.doubts:
        console.print(f"! {escape(doubt.text)}", style="yellow")
    near = [each for each in result.outcomes if each.verdict != "does_not_fit"]
    near += [each for each in result.outcomes if each.verdict == "does_not_fit" and each.would_change]
    for outcome in near[:_MOST_SHOWN]:
        console.print(_panel(outcome, locale))
    if result.advice:
        console.print(escape(result.advice), style="bold")


def _panel(outcome: Outcome, locale: Locale) -> Panel:
    style = _STYLES[outcome.verdict]
    title = f"[bold {style}]{escape(outcome.title)}: {_VERDICTS[locale][outcome.verdict]}[/]"
    return Panel("\n".join(escape(line) for line in _lines(outcome, locale)), title=title, title_align="left")


def _lines(outcome: Outcome, locale: Locale) -> Iterator[str]:
    say = _SAY[locale]
    for reason in outcome.reasons:
        source = f" [{urlsplit(reason.source).netloc or reason.source}]" if reason.source else ""
        yield f"{_SIGNS[reason.met]} {reason.text}{source}"
    for change in outcome.would_change:
        yield say["change"].format(change.text)
    if outcome.duration_months:
        yield outcome.duration_months.in_words()
    for heading, items in ((say["cost"], outcome.costs), (say["subsidy"], outcome.subsidies)):
        for item in items:
            yield f"{heading}: {item.title}{': ' + item.amount if item.amount else ''} ({item.who})"
    yield say["next"].format(outcome.next_step)
