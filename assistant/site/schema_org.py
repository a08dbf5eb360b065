"""Records as schema.org describes them, for search engines. Nothing here says more than the page does."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from knowledge.event import Event
from knowledge.figure import NATURE_WORDS, Figure
from knowledge.money import Amount, Money, Salary, Subsidy
from knowledge.place import Loket, OpeningHours
from knowledge.programme import Programme
from knowledge.route import Months, Route

Data = dict[str, Any]
_CONTEXT = "https://schema.org"
_DAYS = {
    "ma": "Monday",
    "di": "Tuesday",
    "wo": "Wednesday",
    "do": "Thursday",
    "vr": "Friday",
    "za": "Saturday",
    "zo": "Sunday",
}
_MODES = {
    "voltijd": "full-time",
    "deeltijd": "part-time",
    "duaal": "blended",
    "flexibel": "part-time",
    "werken-en-leren": "part-time",
}
_UNIT_TEXT = {"uur": "HOUR", "dag": "DAY", "week": "WEEK", "maand": "MONTH", "jaar": "YEAR"}


def thing(type_: str, **fields: Any) -> Data:
    """A description of that type, without what is empty."""
    return {"@type": type_} | {name: value for name, value in fields.items() if value not in (None, "", [], ())}


def described(type_: str, **fields: Any) -> Data:
    """The same, to stand in a page by itself."""
    return {"@context": _CONTEXT} | thing(type_, **fields)


def breadcrumb_data(trail: Iterable[tuple[str, str]]) -> Data:
    """:param trail: Label and full address, from the top of the site to the page itself."""
    items = [thing("ListItem", position=at, name=label, item=address) for at, (label, address) in enumerate(trail, 1)]
    return described("BreadcrumbList", itemListElement=items)


def list_data(name: str, items: Iterable[tuple[str, str]]) -> Data:
    """:param items: Name and full address of each page that a list leads to, in order."""
    elements = [thing("ListItem", position=at, name=label, url=url) for at, (label, url) in enumerate(items, 1)]
    return described("ItemList", name=name, numberOfItems=len(elements), itemListElement=elements)


def page_data(address: str, changed_at: datetime) -> Data:
    """A page of which we know when what it tells was last changed."""
    return described("WebPage", url=address, dateModified=changed_at.isoformat())


def route_data(
    route: Route, address: str, requirements: Sequence[str], programmes: Sequence[tuple[Programme, str]]
) -> Data:
    """
    A route as a programme that leads to an occupation.

    :param requirements: What somebody needs to begin, a sentence each.
    :param programmes: Where it can be followed, each with the name of the institution.
    """
    return described(
        "EducationalOccupationalProgram",
        name=route.title,
        description=route.summary,
        url=address,
        educationalProgramMode=sorted({_MODES[form] for form in route.forms}),
        timeToComplete=_iso_duration(route.duration),
        occupationalCredentialAwarded=thing("EducationalOccupationalCredential", name=route.qualification)
        if route.qualification
        else None,
        programPrerequisites=list(requirements),
        hasCourse=[
            thing(
                "Course",
                name=programme.title,
                description=programme.summary,
                url=str(programme.url) if programme.url else None,
                provider=thing("EducationalOrganization", name=institution),
            )
            for programme, institution in programmes
        ],
    )


def subsidy_data(subsidy: Subsidy, address: str) -> Data:
    """A grant, or a loan."""
    amounts = [_monetary_amount(amount) for amount in subsidy.amounts]
    fields: dict[str, Any] = {"name": subsidy.title, "description": subsidy.summary, "url": address, "amount": amounts}
    return described("LoanOrCredit" if subsidy.form == "lening" else "MonetaryGrant", **fields)


def cost_data(record: Money, address: str) -> Data:
    """A price on a page about it, or what an occupation earns."""
    if isinstance(record, Salary):
        return described(
            "Occupation",
            name=record.title,
            description=record.summary,
            mainEntityOfPage=address,
            estimatedSalary=[_monetary_amount(amount) for amount in record.amounts],
            occupationLocation=thing("Country", name="Nederland"),
        )
    prices = [
        thing(
            "PriceSpecification",
            name=amount.label or record.title,
            priceCurrency=amount.currency,
            price=_number(amount.value),
            minPrice=_number(amount.at_least),
            maxPrice=_number(amount.at_most),
            **_period(amount.year),
        )
        for amount in record.amounts
    ]
    return described("WebPage", name=record.title, description=record.summary, url=address, mainEntity=prices)


def loket_data(loket: Loket, address: str, areas: Sequence[str]) -> Data:
    """
    A desk as a public service.

    :param areas: Names of the regions or municipalities that it serves; empty: the whole country.
    """
    contact = thing("ContactPoint", telephone=loket.phone, email=loket.email)
    channel = thing(
        "ServiceChannel",
        serviceUrl=str(loket.url) if loket.url else None,
        servicePhone=contact if loket.phone else None,
    )
    return described(
        "GovernmentService",
        name=loket.title,
        description=loket.summary,
        url=address,
        serviceType="Advies over werken in het onderwijs",
        areaServed=[thing("AdministrativeArea", name=area) for area in areas] or thing("Country", name="Nederland"),
        availableChannel=channel if len(channel) > 1 else None,
        hoursAvailable=[_opening_hours(hours) for hours in loket.hours],
        provider=thing(
            "Organization",
            name=loket.title,
            url=str(loket.url) if loket.url else None,
            email=loket.email,
            telephone=loket.phone,
            address=loket.address,
        ),
    )


def event_data(event: Event, address: str) -> Data:
    """Something on a day."""
    has_hour = event.starts_at.time() != time()
    return described(
        "Event",
        name=event.title,
        description=event.summary,
        url=address,
        startDate=event.starts_at.isoformat() if has_hour else event.starts_at.date().isoformat(),
        endDate=_end(event, has_hour),
        eventStatus="https://schema.org/EventScheduled",
        location=thing("Place", name=event.place, address=event.place),
    )


def faq_data(pairs: Iterable[tuple[str, str]]) -> Data:
    """:param pairs: Questions with their answers, as they stand on the page."""
    questions = [
        thing("Question", name=question, acceptedAnswer=thing("Answer", text=answer)) for question, answer in pairs
    ]
    return described("FAQPage", mainEntity=questions)


def _monetary_amount(amount: Amount) -> Data:
    unit = _UNIT_TEXT.get(amount.per)
    value: Any = _number(amount.value)
    limits = {"minValue": _number(amount.at_least), "maxValue": _number(amount.at_most)}
    if unit:
        value = thing("QuantitativeValue", value=value, unitText=unit, **limits)
        limits = {}
    return thing(
        "MonetaryAmount", name=amount.label, currency=amount.currency, value=value, **limits, **_period(amount.year)
    )


def _period(year: str) -> Mapping[str, str]:
    """A calendar year, or a school year, as the first and the last day of it."""
    if "-" not in year:
        return {"validFrom": f"{year}-01-01", "validThrough": f"{year}-12-31"}
    return {"validFrom": f"{year[:4]}-09-01", "validThrough": f"{year[5:]}-08-31"}


def _number(value: Any) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _iso_duration(months: Months | None) -> str | None:
    """The longest time, as schema.org knows one duration only: `P24M`."""
    return f"P{months.at_most}M" if months else None


def _opening_hours(hours: OpeningHours) -> Data:
    return thing(
        "OpeningHoursSpecification",
        dayOfWeek=[_DAYS[day] for day in hours.days],
        opens=f"{hours.opens:%H:%M}",
        closes=f"{hours.closes:%H:%M}",
    )


def _end(event: Event, has_hour: bool) -> str | None:
    if event.ends_at is None:
        return None
    return event.ends_at.isoformat() if has_hour else event.ends_at.date().isoformat()


def figures_data(name: str, address: str, figures: Sequence[Figure]) -> Data:
    """Figures of one topic as a data set, in which each is an observation of its area and year."""
    years = sorted({year for figure in figures for year in figure.year.split("-")})
    observations = [
        thing(
            "Observation",
            name=figure.title,
            observationAbout=thing("Place", name=figure.area),
            observationDate=figure.date or figure.year,
            measuredProperty=thing("Property", name=name),
            measurementMethod=NATURE_WORDS[figure.nature],
            value=_number(figure.value),
            unitText=figure.unit,
        )
        for figure in figures
        if figure.value is not None
    ]
    data_set = thing(
        "Dataset",
        name=name,
        description=f"{name}: cijfers over de arbeidsmarkt van het onderwijs, elk met gebied, jaar en bron.",
        url=address,
        temporalCoverage=f"{years[0]}/{years[-1]}" if years else None,
        variableMeasured=name,
        isAccessibleForFree=True,
        inLanguage="nl",
    )
    return {"@context": _CONTEXT, "@graph": [data_set, *observations]}
