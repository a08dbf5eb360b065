"""Questions that people ask, with their answers."""

from dataclasses import dataclass

from assistant.site.pages.parts import DoubtRow, SourceRow, doubt_row, sources_of
from assistant.site.schema_org import faq_data
from assistant.site.shell import Choice, Shell, choices
from assistant.site.visit import Visit
from assistant.site.wording import SECTOR_FILTER
from knowledge.article import Faq

_INTRO = "Dit vragen mensen vaak. Staat jouw vraag er niet bij? Stel hem aan de digitale assistent, of bel een loket."


@dataclass(frozen=True)
class QuestionRow:
    """A question with its answer."""

    id: str
    question: str
    answer: str
    body: str
    doubt: DoubtRow
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True)
class QuestionsPage:
    """The questions that pass the filter."""

    shell: Shell
    intro: str
    questions: tuple[QuestionRow, ...]
    sectors: tuple[Choice, ...]
    is_filtered: bool


def questions_page(visit: Visit, sector: str, notices: tuple[str, ...] = ()) -> QuestionsPage:
    """The page of questions; for a visitor who chose a region those that hold there."""
    found = [each for each in visit.catalogue.all(Faq) if visit.wants(each, sector)]
    data = [faq_data((each.title, each.summary) for each in found)] if found else []
    return QuestionsPage(
        shell=visit.shell("Veelgestelde vragen", _INTRO, notices=notices, data=data),
        intro=_INTRO,
        questions=tuple(
            QuestionRow(
                id=each.id,
                question=each.title,
                answer=each.summary,
                body=each.body,
                doubt=doubt_row(visit.catalogue, each, visit.on),
                sources=sources_of(visit.catalogue, each),
            )
            for each in found
        ),
        sectors=choices(SECTOR_FILTER, sector),
        is_filtered=bool(sector),
    )
