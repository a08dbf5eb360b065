"""Which vacancies somebody looks for, and which ones fit."""

from datetime import date
from typing import Any

import pytest

from knowledge.job_search import JobSearch, found, job_of, open_jobs, welcomes_asked
from knowledge.place import Membership, Municipality
from knowledge.vacancy import Vacancy

TOWNS = {
    "delft": Municipality(id="delft", name="Delft", regions=(Membership(region="haaglanden"),)),
    "midden-delfland": Municipality(id="midden-delfland", name="Midden-Delfland", places=("Schipluiden",)),
}


def job(job_id: str, title: str = "Leerkracht groep 5", **more: Any) -> Vacancy:
    given = {"id": job_id, "title": title, "summary": "Een baan op een school.", "sources": ["bron"]}
    return Vacancy.model_validate({**given, "employer": "De Duinroos", "municipality": "Delft", **more})


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("vacatures groepsleerkracht Delft, zij-instromers welkom", "groepsleerkracht"),
        ("Leerkracht groep 5 (0,8 fte)", "groepsleerkracht"),
        ("Vakleerkracht bewegingsonderwijs", "vakleerkracht"),
        ("Wiskundedocent gezocht", "docent"),
        ("Onderwijsassistent onderbouw", "onderwijsassistent"),
        ("Directeur basisschool", "schoolleider"),
        ("Instructeur techniek mbo", "instructeur"),
        ("zijn er vacatures in Delft?", ""),
        ("meestersveld", ""),
    ],
)
def test_a_title_and_a_question_name_the_same_kind_of_job(words: str, kind: str) -> None:
    assert job_of(words) == kind


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("vacatures groepsleerkracht Delft, zij-instromers welkom", True),
        ("welke vacatures zijn er voor zij-instromers?", True),
        ("ben ik als zijinstromer welkom?", True),
        ("vacatures in Delft", False),
        ("wat kost zij-instroom?", False),
    ],
)
def test_that_zij_instromers_are_to_be_welcome_is_heard(words: str, asked: bool) -> None:
    assert welcomes_asked(words) is asked


def test_given_jobs_when_one_is_looked_for_then_each_wish_counts() -> None:
    jobs = [
        job("a", welcomes_zij_instromers=True),
        job("b", welcomes_zij_instromers=None),
        job("c", title="Docent wiskunde", subjects=["wiskunde"], welcomes_zij_instromers=True),
        job("d", municipality="Schipluiden", welcomes_zij_instromers=True),
    ]

    fitting, met = found(JobSearch("groepsleerkracht", "delft", zij_instromers=True), jobs, TOWNS)
    nearby, _ = found(JobSearch("groepsleerkracht", "midden-delfland"), jobs, TOWNS)
    maths, _ = found(JobSearch(subject="wiskunde"), jobs, TOWNS)

    assert [each.id for each in fitting] == ["a"]
    assert met == JobSearch("groepsleerkracht", "delft", zij_instromers=True)
    assert [each.id for each in nearby] == ["d"]
    assert [each.id for each in maths] == ["c"]


def test_given_no_job_that_fits_then_the_nearest_are_given_and_what_was_left_out_is_known() -> None:
    jobs = [job("a", municipality="Den Haag"), job("b", title="Conciërge")]

    fitting, met = found(JobSearch("groepsleerkracht", "delft"), jobs, TOWNS)
    none, asked = found(JobSearch("instructeur", "delft"), jobs, TOWNS)

    assert [each.id for each in fitting] == ["a"]
    assert met == JobSearch("groepsleerkracht")
    assert (none, asked) == ((), JobSearch("instructeur", "delft"))


def test_given_jobs_that_are_over_then_they_are_not_open_and_the_first_to_close_goes_first() -> None:
    jobs = [
        job("over", closes_on="2026-11-01"),
        job("later", closes_on="2026-12-31"),
        job("ever"),
        job("soon", closes_on="2026-12-01"),
    ]

    assert [each.id for each in open_jobs(jobs, date(2026, 11, 28))] == ["soon", "later", "ever"]
