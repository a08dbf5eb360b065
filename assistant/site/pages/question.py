"""One question of the zelftest on a page: what can be answered, why it is asked, and what was answered before."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.eligibility.contradiction import contradictions
from assistant.eligibility.profile import Profile
from assistant.eligibility.verdict import Eligibility
from assistant.eligibility.wording import value_in_words
from assistant.site.answers import Answers
from assistant.site.shell import Choice, Shell
from assistant.site.visit import Visit
from assistant.site.wording import listed
from assistant.zelftest.flow import remaining, subjects_for
from assistant.zelftest.question import Question, question_about
from knowledge.catalogue import Catalogue
from knowledge.fact import Fact, FactType

ADDRESS = "/zelftest"
TITLE = "Zelftest: welke route past bij jou?"
DESCRIPTION = (
    "Een paar vragen, en je ziet welke routes naar het onderwijs bij jou passen, waarom, wat het kost en wat je eerste stap "
    "is. Zonder account."
)


@dataclass(frozen=True)
class GivenAnswer:
    """Something that was answered, with what changes it."""

    fact: str
    label: str
    words: str


@dataclass(frozen=True)
class Doubt:
    """Answers that do not go together, and which one may be changed."""

    text: str
    facts: tuple[GivenAnswer, ...]
    pair: str
    """What says that they are right all the same."""


@dataclass(frozen=True)
class QuestionPage:
    """One question, as a form."""

    shell: Shell
    action: str
    state: str
    """The answers so far, for the hidden field."""
    number: int
    fact: str
    text: str
    why: str
    kind: str
    """`buttons`, `boxes`, `list` or `number`."""
    options: tuple[Choice, ...]
    value: str
    """What was typed or told before, for a number."""
    minimum: int
    maximum: int
    error: str
    progress: str
    given: tuple[GivenAnswer, ...]
    doubts: tuple[Doubt, ...]
    can_go_back: bool
    is_start: bool


def question_page(
    visit: Visit,
    eligibility: Eligibility,
    answers: Answers,
    question: Question,
    *,
    error: str = "",
    typed: str = "",
    notice: str = "",
) -> QuestionPage:
    """
    The page that asks one question.

    :param typed: What was typed and was no answer: it stays in the field.
    :param notice: A sentence to show first.
    """
    catalogue = eligibility.catalogue
    profile = answers.profile(catalogue)
    fact = catalogue.facts[question.fact]
    is_start = not answers.facts and not error
    return QuestionPage(
        shell=shell_of(
            visit, TITLE if is_start else f"Vraag {_place(answers, question.fact)}", is_start=is_start, notice=notice
        ),
        action=visit.shell(TITLE, DESCRIPTION).link(ADDRESS),
        state=answers.as_field(),
        number=_place(answers, question.fact),
        fact=question.fact,
        text=question.text,
        why=question.why,
        kind=_kind(question, fact),
        options=_options(question, answers),
        value=typed or _told_number(answers, fact),
        minimum=fact.minimum,
        maximum=fact.maximum,
        error=error,
        progress=_progress(eligibility, profile) if not is_start else "",
        given=given_answers(catalogue, answers),
        doubts=tuple(doubts_of(eligibility, answers, profile)),
        can_go_back=answers.before(question.fact) is not None,
        is_start=is_start,
    )


def question_again(eligibility: Eligibility, answers: Answers, name: str) -> Question | None:
    """The question about a fact, to answer or to change; None if there is no such question in the zelftest."""
    fact = eligibility.vocabulary.get(name)
    if fact is None or fact.type in (FactType.TEXT, FactType.MUNICIPALITY):
        return None
    return question_about(fact, subjects_for(eligibility, answers.profile(eligibility.catalogue)))


def shell_of(visit: Visit, title: str, *, is_start: bool = False, notice: str = "", has_english: bool = False) -> Shell:
    """The frame of a page of the zelftest: past its start it belongs to one visitor, and switching region would lose it."""
    crumbs = () if is_start else ((ADDRESS, "Zelftest"),)
    shell = visit.shell(
        title,
        DESCRIPTION,
        path=ADDRESS,
        crumbs=crumbs,
        notices=[notice] if notice else (),
        is_indexed=is_start,
        has_english=has_english,
    )
    return shell if is_start else replace(shell, regions=())


def given_answers(catalogue: Catalogue, answers: Answers) -> tuple[GivenAnswer, ...]:
    """What was answered, in the order of asking."""
    return tuple(each for name in answers.facts if (each := _given(catalogue, answers, name)) is not None)


def doubts_of(eligibility: Eligibility, answers: Answers, profile: Profile) -> Iterator[Doubt]:
    """Answers that do not go together, but for those that the visitor said are right."""
    catalogue = eligibility.catalogue
    for each in contradictions(profile, eligibility.entailment):
        pair = "+".join(sorted(each.facts))
        if pair not in answers.settled:
            told = (_given(catalogue, answers, name) for name in each.facts)
            yield Doubt(each.text, tuple(one for one in told if one is not None), pair)


def _given(catalogue: Catalogue, answers: Answers, name: str) -> GivenAnswer | None:
    fact = catalogue.facts.get(name)
    if fact is None or name not in answers.facts:
        return None
    value = answers.facts[name]
    if value is None:
        return GivenAnswer(name, fact.label.nl, "weet ik niet")
    parsed = fact.parse(value)
    if fact.type is FactType.MUNICIPALITY:
        place = catalogue.municipalities.get(str(parsed))
        return GivenAnswer(name, fact.label.nl, place.name if place else str(parsed))
    if isinstance(parsed, frozenset):
        # Who ticked two of them wants both: `value_in_words` says "of".
        labels = [option.label.nl for option in fact.options if option.value in parsed]
        return GivenAnswer(name, fact.label.nl, listed(labels))
    return GivenAnswer(name, fact.label.nl, value_in_words(fact, parsed, "nl", catalogue.subjects))


def _kind(question: Question, fact: Fact) -> str:
    if fact.type is FactType.NUMBER:
        return "number"
    if fact.type is FactType.SET:
        return "boxes"
    return "list" if question.input == "subject" else "buttons"


def _options(question: Question, answers: Answers) -> tuple[Choice, ...]:
    told = answers.facts.get(question.fact)
    return tuple(
        Choice(
            _as_sent(option.value),
            option.label,
            option.value in told if isinstance(told, list) else option.value == told,
        )
        for option in question.options
        if option.value is not None
    )


def _as_sent(value: str | bool | None) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _told_number(answers: Answers, fact: Fact) -> str:
    value = answers.facts.get(fact.name)
    return str(value) if fact.type is FactType.NUMBER and value is not None else ""


def _place(answers: Answers, name: str) -> int:
    """The number of the question: which of all answers it is or will be."""
    names = list(answers.facts)
    return (names.index(name) if name in names else len(names)) + 1


def _progress(eligibility: Eligibility, profile: Profile) -> str:
    """How far the visitor is: the questions still to come and why, and the routes still open."""
    to_come = remaining(eligibility, profile)
    open_ = sum(each.verdict != "does_not_fit" for each in eligibility.verdicts(profile.facts()))
    questions = "Nog ongeveer 1 vraag." if to_come.about <= 1 else f"Nog ongeveer {to_come.about} vragen."
    routes = "Er is nog 1 route" if open_ == 1 else f"Er zijn nog {open_} routes"
    return f"{questions} {to_come.because} {routes} die bij je {'kan' if open_ == 1 else 'kunnen'} passen."
