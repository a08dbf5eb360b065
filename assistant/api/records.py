"""Published records and search, for the widget, for other sites and for programs."""

from typing import Annotated, Any, get_args

from fastapi import APIRouter, Query
from pydantic import BaseModel

from assistant.api.problem import problems
from assistant.api.published import Now
from assistant.errors import FieldsRefused, NotFound
from knowledge.event import Event
from knowledge.figure import Figure
from knowledge.job_search import JOBS, JobSearch, open_jobs
from knowledge.money import Cost, Subsidy
from knowledge.place import InstitutionType, Loket, Region
from knowledge.record import Kind, Record, Sector
from knowledge.route import Form, Route
from knowledge.vacancy import Vacancy

router = APIRouter(prefix="/api/v1", tags=["knowledge"])

_LISTS: dict[str, type[Record]] = {
    "routes": Route, "costs": Cost, "subsidies": Subsidy, "lokets": Loket, "events": Event,
    "figures": Figure,
}  # fmt: skip
_SNIPPET = 240


class SourceOut(BaseModel):
    """Who says it, where and when."""

    id: str
    title: str
    publisher: str
    url: str | None
    as_of: str


class FoundOut(BaseModel):
    """One thing found."""

    id: str
    kind: str
    title: str
    snippet: str
    score: float
    source: SourceOut


class ResultsOut(BaseModel):
    """What was found, best first."""

    results: list[FoundOut]


class RecordsOut(BaseModel):
    """Published records of one kind."""

    items: list[dict[str, Any]]


Text = Annotated[str | None, Query(max_length=60)]


@router.get("/search", responses=problems(422, 503))
def search(
    now: Now,
    q: Annotated[str, Query(min_length=1, max_length=500)],
    kind: Text = None,
    region: Text = None,
    sector: Text = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 8,
) -> ResultsOut:
    """
    Search what is published: records, and passages of documents (kind `document`).

    Programmes are found by asking for kind `programme`: they say of one institution what a route says of all.
    """
    refuse_unknown(now, kind=kind, region=region, sector=sector)
    hits = now.search.search(
        q, on=now.on, kinds=[kind] if kind else None, region=region, sectors=[sector] if sector else None, limit=limit
    )
    return ResultsOut(
        results=[
            FoundOut(
                id=hit.passage.record_id or hit.passage.id,
                kind=str(hit.passage.kind),
                title=f"{hit.passage.title}: {hit.passage.section}" if hit.passage.section else hit.passage.title,
                snippet=hit.passage.text[:_SNIPPET],
                score=round(hit.score, 4),
                source=SourceOut(
                    id=hit.passage.source_id, title=hit.passage.title, publisher=hit.passage.publisher,
                    url=hit.passage.url, as_of=hit.passage.as_of,
                ),
            )
            for hit in hits
        ]
    )  # fmt: skip


@router.get("/vacancies", name="list_vacancies", summary="Every vacancy that is open", responses=problems(422))
def vacancies(
    now: Now,
    region: Text = None,
    sector: Text = None,
    municipality: Text = None,
    subject: Text = None,
    job: Text = None,
    zij_instromers: Annotated[bool, Query(description="Only where zij-instromers are said to be welcome.")] = False,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> RecordsOut:
    """
    Vacancies that one can still apply for, the first to close first.

    `municipality` and `subject` are ids of reference data; `job` is a kind of job, for instance `groepsleerkracht`.
    """
    refuse_unknown(now, region=region, sector=sector, municipality=municipality, subject=subject, job=job)
    wanted = JobSearch(job or "", municipality or "", sector or "", subject or "", zij_instromers)
    fitting = [
        each
        for each in open_jobs(now.catalogue.all(Vacancy), now.on)
        if (region is None or each.holds_in(region)) and wanted.fits(each, now.catalogue.municipalities)
    ]
    return RecordsOut(items=[public(now, each) for each in fitting[:limit]])


def _add(name: str, type_: type[Record]) -> None:
    """The two routes of one kind: the list with its filters, and one record."""

    def list_(
        now: Now, region: Text = None, sector: Text = None, limit: Annotated[int, Query(ge=1, le=200)] = 100
    ) -> RecordsOut:
        refuse_unknown(now, region=region, sector=sector)
        records = [
            record
            for record in now.catalogue.all(type_)
            if record.is_valid_on(now.on)
            and (region is None or record.holds_in(region))
            and (sector is None or not record.sectors or sector in record.sectors)
        ]
        return RecordsOut(items=[public(now, record) for record in records[:limit]])

    router.get(
        f"/{name}", name=f"list_{name}", summary=f"Every published {type_.__name__.lower()}", responses=problems(422)
    )(list_)
    add_one(router, name, type_)


def add_one(router: APIRouter, name: str, type_: type[Record]) -> None:
    """The route of one record of a kind, by its id."""

    def one(now: Now, record_id: str) -> dict[str, Any]:
        record = now.catalogue.find(record_id)
        if not isinstance(record, type_):
            raise NotFound(type_.__name__.lower(), record_id)
        return public(now, record)

    router.get(
        f"/{name}/{{record_id}}",
        name=f"one_{name}",
        summary=f"One {type_.__name__.lower()}",
        responses=problems(404, 422),
    )(one)


def refuse_unknown(now: Now, **filters: str | None) -> None:
    """A filter that nothing can have is a mistake of whoever asks: an empty list would hide it."""
    known = {
        "kind": [*(kind.value for kind in Kind), "document"],
        "region": [region.id for region in now.catalogue.all(Region)],
        "sector": list(get_args(Sector)),
        "route": [route.id for route in now.catalogue.all(Route)],
        "form": list(get_args(Form)),
        "type": list(get_args(InstitutionType)),
        "municipality": list(now.catalogue.municipalities),
        "subject": list(now.catalogue.subjects),
        "job": list(JOBS),
    }
    wrong = {
        name: f"Kies voor {name} uit: {', '.join(known[name])}."
        for name, value in filters.items()
        if value is not None and value not in known[name]
    }
    if wrong:
        raise FieldsRefused(wrong)


def public(now: Now, record: Record) -> dict[str, Any]:
    """A record with every field, also the empty ones, but those for advisers and editors; its sources written out."""
    data = record.model_dump(mode="json")
    for private in ("review_by", "lead_mailbox", "takes_leads"):
        data.pop(private, None)
    data["sources"] = [_source(now, each) for each in record.sources]
    for conflict in data["conflicts"]:
        for claim in conflict["claims"]:
            claim["source"] = _source(now, claim["source"])
    return data


def _source(now: Now, source_id: str) -> dict[str, Any]:
    """The source with that id, written out."""
    source = now.catalogue.sources[source_id]
    return SourceOut(
        id=source.id, title=source.title, publisher=source.publisher, url=source.address, as_of=source.as_of
    ).model_dump()


for _name, _type in _LISTS.items():
    _add(_name, _type)
add_one(router, "vacancies", Vacancy)
