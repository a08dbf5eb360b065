"""What a visitor can go to or apply for: events, orientation, vacancies."""

import re
from collections.abc import Sequence

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult.consultation import Consultation
from assistant.answering.consult.explanations import nearest, tell
from assistant.answering.consult.places import loket_for
from assistant.answering.state import Topic
from assistant.answering.turn import Finding
from knowledge.event import Event, Orientation
from knowledge.job_search import JobSearch, found, job_of, open_jobs, welcomes_asked
from knowledge.place import Institution
from knowledge.record import Kind, Record
from knowledge.vacancy import Vacancy

_SHOWN = 4
_VACANCIES = re.compile(
    r"^(?!.*\b(?:hoeveel|how many|waarom|why)\b).*\b(?:vacatures?|vacanc(?:y|ies))\b", re.IGNORECASE | re.DOTALL
)
"""A question for vacancies, not for how many there are."""
_WHERE_TO_LOOK = "vacatures-{region}"
"""The article, one a region, that says where jobs are published."""


def events(c: Consultation) -> Finding:
    """What is on the calendar for this region; orientation offers when nothing is."""
    host = next((each for each in c.named(Kind.INSTITUTION) if isinstance(each, Institution)), None)
    if host is not None:
        return _at(c, host)
    coming = sorted(
        (each for each in c.all_current(Event) if not each.is_over(c.today)), key=lambda each: each.starts_at
    )
    if not coming:
        return orientation(c, template="events_none")
    return Finding(
        template="events",
        status=AnswerStatus.ANSWERED_LIST,
        values={"events": coming[:_SHOWN]},
        cited=tuple(coming[:_SHOWN]),
        listed=tuple(coming[:_SHOWN]),
        topic=Topic(intent="event"),
    )


def _at(c: Consultation, host: Institution) -> Finding:
    """What one school of teachers offers to come and look; its own site when we know of nothing."""
    offers = [c.catalogue.find(hit.passage.record_id or "") for hit in c.hits(Kind.ORIENTATION, Kind.EVENT, limit=8)]
    theirs = [
        each for each in offers if isinstance(each, Orientation | Event) and host.title.lower() in each.text().lower()
    ]
    unique = list({each.id: each for each in theirs if c.is_current(each)}.values())
    if not unique:
        return tell(host)
    return Finding(
        template="orientation_named",
        status=AnswerStatus.ANSWERED_RECORD,
        values={"offer": unique[0]},
        cited=(unique[0], host),
        listed=tuple(unique[:_SHOWN]),
        topic=Topic(intent="event", record_id=unique[0].id),
    )


def orientation(c: Consultation, template: str = "orientation") -> Finding:
    """Ways to taste the job: the one that is named, else those of this region and sector, nearest to the question first."""
    named = [each for each in c.named(Kind.ORIENTATION) if isinstance(each, Orientation)]
    if named:
        return Finding(
            template="orientation_named",
            status=AnswerStatus.ANSWERED_RECORD,
            values={"offer": named[0]},
            cited=(named[0],),
            listed=(named[0],),
            topic=Topic(intent="orientation", record_id=named[0].id),
        )
    offers = [each for each in c.all_current(Orientation) if each.status == "active" and c.suits_sector(each)]
    nearest = {
        hit.passage.record_id: place for place, hit in reversed(list(enumerate(c.hits(Kind.ORIENTATION, limit=12))))
    }
    offers.sort(key=lambda each: (nearest.get(each.id, 99), not each.regions))
    place = loket_for(c)
    return Finding(
        template=template,
        status=AnswerStatus.ANSWERED_LIST,
        values={"offers": offers[:_SHOWN], "loket": place.loket},
        cited=(*offers[:_SHOWN], place.loket),
        listed=tuple(offers[:_SHOWN]),
        loket=place,
        lead_reason="meelopen",
        topic=Topic(intent="orientation"),
    )


def vacancies(c: Consultation) -> Finding:
    """
    Open jobs for this region: those that are looked for, else the nearest to it, and said to be so.

    Without any, where to look and who knows more.
    """
    employer = next(
        (each for each in c.named(Kind.INSTITUTION) if isinstance(each, Institution) and each.municipalities), None
    )
    if employer is not None:
        return tell(employer, intent="vacancy")
    wanted = wanted_job(c)
    jobs = [each for each in open_jobs(c.all_current(Vacancy), c.today) if c.suits_sector(each)]
    fitting, met = found(wanted, jobs, c.catalogue.municipalities)
    if not fitting and "vacature" not in c.understood.text.lower():
        explained = nearest(c, Kind.FAQ, Kind.ORIENTATION, Kind.ARTICLE)
        if explained is not None:
            return explained
    place = loket_for(c)
    article = c.catalogue.find(_WHERE_TO_LOOK.format(region=c.region))
    where = (article,) if article is not None and not fitting else ()
    shown = fitting[:_SHOWN]
    return Finding(
        template="vacancies" if shown else "vacancies_none",
        status=_status(shown, where),
        values={
            "loket": place.loket,
            "where": where,
            "unmet": tuple(name for name in wanted.__dict__ if getattr(wanted, name) != getattr(met, name)),
            "has_more": len(fitting) > _SHOWN,
        },
        cited=(*shown, *where, place.loket),
        vacancies=shown,
        loket=place,
        lead_reason=None if shown else "vacancy",
        topic=Topic(intent="vacancy"),
    )


def looks_for_jobs(c: Consultation) -> Finding | None:
    """Open jobs when the question asks for vacancies of a kind, in a place, for a subject or for zij-instromers."""
    if not _VACANCIES.search(c.understood.text) or wanted_job(c) == JobSearch() or c.named(Kind.INSTITUTION):
        return None
    return vacancies(c) if open_jobs(c.all_current(Vacancy), c.today) else None


def asks_for_jobs(c: Consultation, best: Record) -> bool:
    """Whether the record that is nearest to the question is a job, or says where to look while we know of jobs."""
    if best.kind is Kind.VACANCY:
        return True
    return best.id == _WHERE_TO_LOOK.format(region=c.region) and bool(open_jobs(c.all_current(Vacancy), c.today))


def wanted_job(c: Consultation) -> JobSearch:
    """What the question looks for; where somebody lives is a wish only if the question itself names a place."""
    told = {each.name: each for each in (*c.understood.facts, *c.understood.scope.values())}
    town, subject = told.get("municipality"), told.get("subject")
    return JobSearch(
        job=job_of(c.understood.text),
        municipality=str(town.value) if town else "",
        subject=str(subject.value) if subject else "",
        zij_instromers=welcomes_asked(c.understood.text),
    )


def _status(jobs: Sequence[Vacancy], where: Sequence[Record]) -> AnswerStatus:
    """Where to look is an answer too."""
    if jobs:
        return AnswerStatus.ANSWERED_LIST
    return AnswerStatus.ANSWERED_RECORD if where else AnswerStatus.UNANSWERABLE_NOT_FOUND
