"""The yearly account of a region: to fill in, to print, and as a spreadsheet."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.desk.dependencies import Adviser, AdviserWithForm, Audit, CurrentCatalogue, SignedInAdviser, StoreSession
from assistant.desk.export import XLSX, as_csv, as_xlsx
from assistant.desk.pages.yearly import (
    NOTHING_TYPED,
    Typed,
    YearlyPage,
    items_of,
    new_own_item,
    own_count,
    period_of,
    this_year,
    yearly_page,
)
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.errors import Overtaken
from assistant.leads.contact import clean_line
from assistant.leads.yearly import MOST_OWN, NotFilledIn, Unit, YearOfReport, cleaned
from assistant.storage.clock import utc_now
from assistant.storage.figures import FigureStore
from assistant.storage.yearly import YearlyStore
from knowledge.catalogue import Catalogue

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

_MOST_LABEL = 120
_OVERTAKEN = "Een collega vulde dit net ook in. Hieronder staat wat jij typte; het andere is bewaard: "


class _Account:
    """The account of one region over one year; of a region of whoever asks, and the year that is going on if it names none."""

    def __init__(self, adviser: SignedInAdviser, session: Session, catalogue: Catalogue, regio: str, jaar: str) -> None:
        regions = adviser.account.regions
        self.region = regio if regio in regions else regions[0]
        self.year = YearOfReport.parse(jaar) or YearOfReport.parse(this_year(utc_now())) or _never()
        self.store = YearlyStore(session)
        self._adviser = adviser
        self._figures = FigureStore(session)
        self._catalogue = catalogue

    def page(self, typed: Typed = NOTHING_TYPED, done: str = "") -> YearlyPage:
        """The page about it."""
        today = utc_now().date()
        return yearly_page(
            self._adviser,
            self._catalogue,
            self.region,
            self.year,
            self._figures.figures([self.region], period_of(self.year)),
            self.store.of(self.region, self.year.id),
            self._figures.first_year([self.region]) or today.year,
            today,
            typed,
            done,
        )


def _asked_for(
    adviser: Adviser,
    session: StoreSession,
    catalogue: CurrentCatalogue,
    regio: Annotated[str, Query(max_length=80)] = "",
    jaar: Annotated[str, Query(max_length=9)] = "",
) -> _Account:
    return _Account(adviser, session, catalogue, regio, jaar)


def _filled_in(
    adviser: AdviserWithForm,
    session: StoreSession,
    catalogue: CurrentCatalogue,
    regio: Annotated[str, Form(max_length=80)] = "",
    jaar: Annotated[str, Form(max_length=9)] = "",
) -> _Account:
    # In the form, not in its address: a form that is kept while somebody logs in again has fields alone.
    return _Account(adviser, session, catalogue, regio, jaar)


AskedFor = Annotated[_Account, Depends(_asked_for)]
FilledIn = Annotated[_Account, Depends(_filled_in)]


@router.get("/jaarcijfers")
def yearly(account: AskedFor, gedaan: Annotated[str, Query(max_length=20)] = "") -> Response:
    """What was counted, and what has to be filled in."""
    return render("yearly.html", account.page(done="De cijfers zijn bewaard." if gedaan == "bewaard" else ""))


@router.get("/jaarcijfers/afdruk")
def printed(account: AskedFor) -> Response:
    """The same on paper."""
    return render("yearly_print.html", account.page())


@router.post("/jaarcijfers")
async def fill_in(request: Request, adviser: AdviserWithForm, account: FilledIn, audit: Audit) -> Response:
    """Keep what changed. What cannot be kept comes back as it was typed, and then nothing of the form is."""
    form = await request.form()
    return await run_in_threadpool(_fill_in, form, adviser, account, audit)


@router.get("/jaarcijfers.csv")
def as_text(account: AskedFor, audit: Audit) -> Response:
    """As text."""
    page = account.page()
    return _file(as_csv(page.tables, page.what), "text/csv; charset=utf-8", "csv", account, audit)


@router.get("/jaarcijfers.xlsx")
def as_workbook(account: AskedFor, audit: Audit) -> Response:
    """As a workbook."""
    page = account.page()
    return _file(as_xlsx(page.tables, page.what), XLSX, "xlsx", account, audit)


def _fill_in(form: FormData, adviser: SignedInAdviser, account: _Account, audit: Audit) -> Response:
    region, year, store = account.region, account.year.id, account.store
    there = store.of(region, year)
    typed = {name: str(value) for name, value in form.items() if isinstance(value, str)}
    values, errors = dict[str, str](), dict[str, str]()
    for item in items_of(there):
        try:
            value = cleaned(item.unit, typed.get(item.id, ""))
        except NotFilledIn as wrong:
            errors[item.id] = str(wrong)
            continue
        was, now = typed.get(f"was-{item.id}", ""), there[item.id].value if item.id in there else ""
        if item.id in typed and value != was:
            values[item.id] = value
            if now not in (was, value):
                errors[item.id] = f"{_OVERTAKEN}{now or 'leeg'}."
    label, own = clean_line(typed.get("eigen-naam", "")), clean_line(typed.get("eigen-waarde", ""))
    if (label or own) and not (1 <= len(label) <= _MOST_LABEL and 1 <= len(own) <= _MOST_LABEL):
        errors["eigen"] = f"Vul allebei in, in hoogstens {_MOST_LABEL} tekens."
    elif label and own_count(there) >= MOST_OWN:
        errors["eigen"] = f"Er kunnen hoogstens {MOST_OWN} eigen cijfers bij."
    if errors:
        # What stands there now is in the form that comes back: sending it once more says that it was seen.
        page = account.page(Typed(typed, errors, "Er is nog niets bewaard: kijk naar de velden met een opmerking."))
        return render("yearly.html", page, 422)
    labels = {each.item: each.label for each in there.values()}
    try:
        for item_id, value in values.items():
            was = typed.get(f"was-{item_id}", "")
            store.fill(region, year, item_id, value, adviser.account.name, was, labels.get(item_id, ""))
        if label:
            store.fill(region, year, new_own_item(there), cleaned(Unit.TEXT, own), adviser.account.name, "", label)
    except Overtaken:
        return render("yearly.html", account.page(Typed(typed, {}, "Een collega was net eerder. Kijk nog eens.")), 409)
    if values or label:
        audit.record(Action.FIGURES_FILLED_IN, "", [region], year)
    return RedirectResponse(f"/desk/jaarcijfers?regio={region}&jaar={year}&gedaan=bewaard", status_code=303)


def _file(content: bytes, media_type: str, ending: str, account: _Account, audit: Audit) -> Response:
    audit.record(Action.FIGURES_EXPORTED, "", [account.region], f"jaarcijfers {account.year.id} {ending}")
    name = f"jaarcijfers-{account.region}-{account.year.id}.{ending}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _never() -> YearOfReport:
    raise ValueError("the year that is going on is none")
