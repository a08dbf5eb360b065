"""Vacancies in the chat: what is asked for, else the nearest to it, and said to be so."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult.consultation import Knowledge
from assistant.answering.pipeline import Answered, Answering
from assistant.answering.published import Publication
from assistant.answering.reply import VacanciesBlock
from assistant.answering.state import ConversationState
from assistant.answering.turn import Asked
from knowledge.source import Source
from knowledge.vacancy import Vacancy
from tests.conftest import TODAY

SOURCE = Source.model_validate(
    {"id": "proef-vacatures", "title": "Werken bij", "publisher": "Stichting Zandloper", "url": "https://werk.example/", "as_of": "2026-11-20"}
)  # fmt: skip


def job(job_id: str, **more: Any) -> Vacancy:
    given = {
        "id": job_id,
        "title": "Leerkracht groep 5",
        "summary": "De Duinroos zoekt een collega.",
        "sources": ["proef-vacatures"],
        "employer": "De Duinroos",
        "municipality": "Delft",
        "sectors": ["po"],
        "regions": ["haaglanden"],
        "fte": "0,8 fte",
        "closes_on": "2031-12-18",
        "welcomes_zij_instromers": True,
        "url": f"https://werk.example/{job_id}",
    }
    return Vacancy.model_validate(given | more)


@pytest.fixture
def ask_jobs(lexical: Publication) -> Callable[..., Answered]:
    def ask(question: str, *jobs: Vacancy) -> Answered:
        now = lexical.now()
        content = now.catalogue.content
        catalogue = replace(
            now.catalogue,
            content=replace(content, records=(*content.records, *jobs), sources=(*content.sources, SOURCE)),
        )
        answering = Answering(Knowledge(catalogue, now.eligibility, now.search))
        return answering.answer(Asked(ConversationState(region="haaglanden"), TODAY, text=question))

    return ask


def listed(answered: Answered) -> list[str]:
    return [item.id for block in answered.reply.blocks if isinstance(block, VacanciesBlock) for item in block.items]


def test_given_jobs_when_asked_by_job_place_and_welcome_then_those_are_listed(ask_jobs: Any) -> None:
    answered = ask_jobs(
        "vacatures groepsleerkracht Delft, zij-instromers welkom",
        job("past"),
        job("niet-welkom", welcomes_zij_instromers=False),
        job("elders", municipality="Den Haag"),
        job("docent", title="Docent wiskunde", sectors=["vo"]),
    )

    assert listed(answered) == ["past"]
    assert answered.reply.status is AnswerStatus.ANSWERED_LIST
    [block] = [block for block in answered.reply.blocks if isinstance(block, VacanciesBlock)]
    assert block.items[0].details == "0,8 fte · tot en met 18-12-2031 · ook voor zij-instromers"
    assert "past" in [each.record_id for each in answered.reply.citations]


def test_given_none_in_that_place_then_it_is_said_and_the_nearest_are_listed(ask_jobs: Any) -> None:
    answered = ask_jobs("vacatures groepsleerkracht in Delft", job("elders", municipality="Den Haag"))

    text = " ".join(block.text for block in answered.reply.blocks if block.type == "text")
    assert listed(answered) == ["elders"]
    assert "ik ken geen vacature in die plaats" in text


def test_given_a_job_that_is_over_then_it_is_not_told(ask_jobs: Any) -> None:
    assert listed(ask_jobs("vacatures groepsleerkracht", job("voorbij", closes_on="2020-01-01"))) == []


def test_given_a_site_that_lists_the_same_jobs_then_the_jobs_are_told_and_not_the_page(ask_jobs: Any) -> None:
    wanted = job("vak", title="Vakleerkracht bewegingsonderwijs")

    for question in ("vacatures vakleerkracht in Delft", "zijn er vacatures voor een vakleerkracht?"):
        assert listed(ask_jobs(question, wanted, job("past"))) == ["vak"]
    assert listed(ask_jobs("hoeveel vacatures zijn er voor leraren in Delft?", wanted)) == []
