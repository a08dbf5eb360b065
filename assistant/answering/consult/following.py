"""What is tried when a question by itself has no answer: the conversation may have one. After twice none, a person."""

from collections.abc import Callable
from dataclasses import replace

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult import advice, chosen, places
from assistant.answering.consult.consultant import consult
from assistant.answering.consult.consultation import Consultation
from assistant.answering.turn import Finding
from assistant.answering.understand.cues import is_question
from assistant.answering.understand.given import is_unknown
from assistant.answering.understand.intents import Vector
from assistant.answering.understand.text import Text
from knowledge.index.dutch import STOPWORDS

NOT_UNDERSTOOD = frozenset({AnswerStatus.UNANSWERABLE_NOT_FOUND, AnswerStatus.UNANSWERABLE_UNVERIFIED})
_MAY_BE_ABOUT_US = NOT_UNDERSTOOD | {AnswerStatus.ANSWERED_SMALLTALK, AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE}
"""Ends of a message that tells or asks nothing by itself."""
_TO_CHOOSE_FROM = frozenset({
    "opties", "mogelijkheden", "mogelijkheid", "aanraden", "aanrader", "adviseren", "advies", "options", "advise", "recommend", "kan", "kun",
    "nu", "nog", "dan", "blijft", "over", "verder", "mn", "doen", "raad", "zou", "jij", "je", "next", "left", "aan",
    "opleiding", "opleidingen", "route", "routes", "studie", "traject", "training", "past", "passen", "passend", "fits",
})  # fmt: skip
"""With stop words alone: asks what there is to choose from, and names nothing else."""
_A_PERSON = frozenset(
    {"mens", "persoon", "iemand", "adviseur", "medewerker", "human", "person", "someone", "somebody", "adviser"}
)
_MYSELF = frozenset({"ik", "mij", "me", "mn", "mijn", "i", "my"})
_PATIENCE = 1
"""Times in a row that we may not understand before a person is offered for that reason."""
_MOST_WORDS = 7
_SURELY = 0.85
"""From this confidence on a thank-you or another subject is that, whatever else was read into it (`so` of `so much`)."""


def follow(c: Consultation, embed: Callable[[str], Vector | None]) -> Finding:
    """
    What to answer, with the conversation so far as a second chance.

    :param embed: Makes the vector of another wording of the question.
    """
    words = frozenset(Text(c.understood.text).words)
    if c.state.misunderstood and words & _A_PERSON and len(words) <= _MOST_WORDS:
        return places.hand_over(c)
    if _told_enough(c) and words & _MYSELF and _asks_what_there_is(c.understood.text):
        return advice.advise(c)
    unsure = c.state.asked is None and c.state.topic.candidates and is_unknown(c.understood.text)
    finding = (chosen.undecided(c) if unsure else None) or consult(c)
    if finding.status in _MAY_BE_ABOUT_US or (c.understood.about_somebody_else and _guesses(finding)):
        finding = _in_context(c, finding, embed) or finding
    if finding.status in NOT_UNDERSTOOD and c.state.misunderstood >= _PATIENCE:
        return _to_a_person(c)
    return finding


def _in_context(c: Consultation, finding: Finding, embed: Callable[[str], Vector | None]) -> Finding | None:
    understood = c.understood
    if understood.about_somebody_else and (finding.status in NOT_UNDERSTOOD or _guesses(finding)):
        return advice.advise_other(c, places.loket_for(c).loket)
    if understood.profession and finding.status is not AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE:
        return advice.advise(c)
    is_off_subject = finding.status is AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE and (
        is_question(Text(understood.text)) or understood.confidence >= _SURELY
    )
    is_surely_so = finding.status not in NOT_UNDERSTOOD and understood.confidence >= _SURELY
    if understood.facts and not is_off_subject and not is_surely_so:
        # Who tells something of themself goes on with what routes there are.
        return advice.advise(c)
    if c.profile.known and _asks_what_there_is(understood.text):
        return advice.advise(c)
    if (
        finding.status in NOT_UNDERSTOOD
        and (understood.is_follow_up or understood.is_ellipsis)
        and c.state.topic.question
    ):
        return _with_the_question_before(c, embed)
    return None


def _guesses(finding: Finding) -> bool:
    """Whether it only offers what the question may have been about, and asks nothing of the visitor."""
    return finding.status is AnswerStatus.ASKED_CLARIFICATION and finding.question is None and not finding.cited


def _told_enough(c: Consultation) -> bool:
    """Whether rules can say something of this visitor."""
    return c.profile.get("diploma_level") is not None and bool(c.profile.get("sector") or c.profile.get("subject"))


def _asks_what_there_is(text: str) -> bool:
    """`wat zijn mn opties`, `wat nu`, `wat zou jij me aanraden`."""
    words = set(Text(text).words)
    return 0 < len(words) <= _MOST_WORDS and bool(words & _TO_CHOOSE_FROM) and not words - STOPWORDS - _TO_CHOOSE_FROM


def _with_the_question_before(c: Consultation, embed: Callable[[str], Vector | None]) -> Finding | None:
    """The answer to the question before with what this message adds to it: `moet je dan toetsen doen` + `en met vwo?`."""
    words = f"{c.state.topic.question} {c.understood.text}"
    understood = replace(c.understood, text=words, is_follow_up=False, points_back=False, is_ellipsis=False)
    finding = consult(replace(c, understood=understood, vector=embed(words)))
    return None if finding.status in _MAY_BE_ABOUT_US else finding


def _to_a_person(c: Consultation) -> Finding:
    """A person, for who was not understood twice."""
    found = places.loket_for(c)
    return Finding(
        template="misunderstood",
        status=AnswerStatus.HANDED_OVER_OFFERED,
        values={"loket": found.loket},
        cited=(found.loket,),
        loket=found,
        lead_reason="repeated_misunderstanding",
    )
