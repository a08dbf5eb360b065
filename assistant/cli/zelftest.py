"""`loket zelftest`: the zelftest in a terminal, or as JSON for a program."""

import json
import sys
from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from assistant.cli.zelftest_shown import show_answers, show_question, show_result
from assistant.eligibility.profile import KnownFact, Profile, parse_facts
from assistant.eligibility.verdict import Eligibility
from assistant.eligibility.wording import value_in_words
from assistant.settings import Settings
from assistant.zelftest.flow import next_question, remaining, subjects_for
from assistant.zelftest.question import Locale, Question, question_about
from assistant.zelftest.result import Detail, zelftest_result
from knowledge.fact import FactValue
from knowledge.place import Region
from knowledge.problem import ContentError
from knowledge.routing import find_municipality

_USED_WRONGLY = 2
_FOUND_WRONG = 1
_SAY = {
    "nl": {
        "keys": "Enter: weet ik niet   ?: waarom   t: terug   w: een antwoord wijzigen   q: stoppen",
        "wrong": "Dat begrijp ik niet. Kies een van de antwoorden.",
        "which": "Welk antwoord wil je wijzigen? Typ het nummer.",
        "kept": "De andere antwoorden blijven staan.",
        "skipped": "weet ik niet",
        "place": "In welke gemeente woon je? Dan weet ik welk loket bij jou in de buurt is. (Enter: overslaan)",
        "no_place": "Die gemeente kennen we niet. Je krijgt het loket van deze regio.",
    },
    "en": {
        "keys": "Enter: I do not know   ?: why   t: back   w: change an answer   q: stop",
        "wrong": "I do not understand that. Choose one of the answers.",
        "which": "Which answer do you want to change? Type its number.",
        "kept": "The other answers stay as they are.",
        "skipped": "I do not know",
        "place": "In which municipality do you live? Then I know which desk is near you. (Enter: skip)",
        "no_place": "We do not know that municipality. You get the desk of this region.",
    },
}


def zelftest(
    facts: Annotated[str, typer.Option(help='What is known already, as JSON: \'{"sector": ["po"]}\'.')] = "{}",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the result on these facts as JSON; ask nothing.")
    ] = False,
    locale: Annotated[str, typer.Option(help="Language of the questions: nl or en.")] = "nl",
    region: Annotated[str, typer.Option(help="Onderwijsregio of a visitor who does not say where they live.")] = "",
    detail: Annotated[str, typer.Option(help="With --json: `all`, or `open` for a light result.")] = "all",
) -> None:
    """
    Take the zelftest: from answers to routes, with reasons, steps, money and the nearest way on.

    Examples:

        loket zelftest

        loket zelftest --region haaglanden --facts '{"sector": ["po"], "role": "leraar"}'

        loket zelftest --json --facts '{"sector": ["vo"], "diploma_level": "wo-master"}'
    """
    spoken: Locale = "en" if locale == "en" else "nl"
    settings = Settings()
    eligibility = _loaded(settings)
    profile = _known(facts, eligibility)
    page_region = _region(region, eligibility, settings)
    if as_json:
        wanted: Detail = "open" if detail == "open" else "all"
        typer.echo(zelftest_result(eligibility, profile, spoken, page_region, wanted).model_dump_json(indent=2))
        return
    interview = _Interview(Console(), eligibility, spoken)
    profile = interview.asked(profile)
    show_result(
        interview.console, eligibility, zelftest_result(eligibility, profile, spoken, page_region), profile, spoken
    )


def _loaded(settings: Settings) -> Eligibility:
    try:
        return Eligibility(settings.catalogue(), date.today())  # noqa: DTZ011 - the visitor's own day
    except ContentError as error:
        typer.echo(f"the content cannot be used; mend it and run `loket knowledge validate`:\n{error}", err=True)
        raise typer.Exit(_FOUND_WRONG) from error


def _known(facts: str, eligibility: Eligibility) -> Profile:
    try:
        known: Any = json.loads(facts)
        if not isinstance(known, dict):
            raise ValueError("give an object of facts and values")
        return parse_facts(known, eligibility.vocabulary)
    except ValueError as error:
        typer.echo(f"--facts cannot be used: {error}", err=True)
        raise typer.Exit(_USED_WRONGLY) from error


def _region(region: str, eligibility: Eligibility, settings: Settings) -> str:
    known = [each.id for each in eligibility.catalogue.all(Region)]
    if region and region not in known:
        typer.echo(f"--region {region!r}: choose {', '.join(known)}", err=True)
        raise typer.Exit(_USED_WRONGLY)
    return region or settings.region


class _Interview:
    """Asks every question that matters, with the way back open."""

    def __init__(self, console: Console, eligibility: Eligibility, locale: Locale) -> None:
        self.console = console
        self._eligibility = eligibility
        self._locale = locale
        self._say = _SAY[locale]
        self._trail: list[Profile] = []

    def asked(self, profile: Profile) -> Profile:
        """The profile after every question that matters, or as it was when the visitor stopped."""
        self.console.print(self._say["keys"], style="dim")
        while question := next_question(self._eligibility, profile, self._locale):
            show_question(self.console, question, remaining(self._eligibility, profile, self._locale), self._locale)
            line = _line()
            if line in ("q", None):
                return profile
            profile = self._after(question, line or "", profile)
        return self._placed(profile)

    def _after(self, question: Question, line: str, profile: Profile) -> Profile:
        if line == "?":
            self.console.print(f"  {escape(question.why)}", style="italic")
        elif line == "t":
            return self._trail.pop() if self._trail else profile
        elif line == "w":
            return self._changed(profile)
        elif line == "":
            self.console.print(f"  {self._say['skipped']}", style="dim")
            self._trail.append(profile)
            return profile.skipping(question.fact)
        else:
            answer = self._answer(question, line)
            if answer is not None:
                self._trail.append(profile)
                return profile.with_facts([answer])
        return profile

    def _changed(self, profile: Profile) -> Profile:
        """One earlier answer changed, and the others kept."""
        told = [each for each in profile.known if each.name in self._eligibility.vocabulary]
        show_answers(self.console, self._eligibility, profile, self._locale)
        self.console.print(self._say["which"], style="bold")
        chosen = _line() or ""
        if not (chosen.isdigit() and 1 <= int(chosen) <= len(told)):
            self.console.print(self._say["wrong"], style="red")
            return profile
        name = told[int(chosen) - 1].name
        subjects = subjects_for(self._eligibility, profile)
        question = question_about(self._eligibility.vocabulary[name], subjects, self._locale)
        show_question(self.console, question, None, self._locale)
        answer = self._answer(question, _line() or "")
        if answer is None:
            return profile
        self.console.print(f"  {self._say['kept']}", style="dim")
        self._trail.append(profile)
        return self._eligibility.entailment.changed(profile, answer)

    def _answer(self, question: Question, line: str) -> KnownFact | None:
        """What was typed, as a fact; None, and a word about it, if it is no answer."""
        fact = self._eligibility.vocabulary[question.fact]
        try:
            value = fact.parse(_value(question, line))
        except ValueError as error:
            kind = str(error) if question.input == "number" and line.lstrip("-").isdigit() else self._say["wrong"]
            self.console.print(escape(kind), style="red")
            return None
        words = value_in_words(fact, value, self._locale, self._eligibility.catalogue.subjects)
        self.console.print(f"  {escape(words)}", style="dim")
        return _chosen(fact.name, value, line)

    def _placed(self, profile: Profile) -> Profile:
        """Where the visitor lives, if they say so: it decides the loket and no route."""
        if "municipality" in {*profile.facts(), *profile.unknown} or "municipality" not in self._eligibility.vocabulary:
            return profile
        self.console.print(f"\n[bold]{escape(self._say['place'])}[/bold]")
        line = _line()
        if not line or line == "q":
            return profile
        found = find_municipality(self._eligibility.catalogue, line)
        self.console.print(f"  {escape(found.name if found else self._say['no_place'])}", style="dim")
        return profile.with_facts([_chosen("municipality", found.id, line)]) if found else profile


def _chosen(name: str, value: FactValue, words: str) -> KnownFact:
    return KnownFact(name=name, value=value, origin="chosen", words=words[:300], confirmed=True)


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
    if question.input == "set":
        return [_choice(question, part.strip()) for part in line.split(",")]
    return _choice(question, line)


def _choice(question: Question, part: str) -> str | bool | None:
    options = [option for option in question.options if option.value is not None]
    if part.isdigit() and 1 <= int(part) <= len(options):
        return options[int(part) - 1].value
    same = [option for option in options if option.value == part]
    found = same or [option for option in options if part and option.label.lower().startswith(part)]
    if len(found) != 1:
        raise ValueError("no such answer")
    return found[0].value
