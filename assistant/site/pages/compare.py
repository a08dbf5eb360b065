"""Routes side by side, and the form that chooses them."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from assistant.eligibility.profile import Profile
from assistant.eligibility.verdict import Eligibility
from assistant.site.addresses import address_of
from assistant.site.pages.parts import SourceRow, source_rows
from assistant.site.shell import Choice, Link, Shell
from assistant.site.visit import Visit
from assistant.site.wording import SECTORS
from assistant.zelftest.comparison import MOST, Cell, Comparison, NotComparable, Row, comparison
from knowledge.route import Route

_INTRO = (
    "Zet twee, drie of vier routes naast elkaar: hoe lang ze duren, wat ze kosten, wat je verdient en hoe je binnenkomt. "
    "Bij elk feit staat de bron."
)
_OFTEN = (
    ("zij-instroom-po", "pabo-verkort-deeltijd"),
    ("pabo-voltijd", "pabo-deeltijd"),
    ("zij-instroom-vo-tweedegraads", "kopopleiding-tweedegraads"),
    ("pdg-mbo-zij-instroom", "tweedegraads-deeltijd"),
)
"""What people hesitate between, for who has chosen nothing yet."""
_GROUPS = ("po", "vo", "mbo")
_FITS = {"fits": "good", "possible": "sun", "ask_adviser": "doubt", "does_not_fit": "bad"}


@dataclass(frozen=True)
class RouteGroup:
    """The routes of one kind of school, as options."""

    label: str
    routes: tuple[Choice, ...]


@dataclass(frozen=True)
class RouteField:
    """One list to choose a route from."""

    name: str
    label: str
    all: str
    groups: tuple[RouteGroup, ...]


@dataclass(frozen=True)
class Column:
    """A route at the head of its column."""

    title: str
    address: str
    without: str
    """The same comparison without this route; empty where too few would be left."""
    verdict: str
    tone: str


@dataclass(frozen=True)
class LineRow:
    """One statement with the number of its source in the list below; 0: it has none."""

    text: str
    number: int


@dataclass(frozen=True)
class CellRow:
    """What is known of one route."""

    route: str
    lines: tuple[LineRow, ...]
    is_known: bool


@dataclass(frozen=True)
class AspectRow:
    """One aspect of every route."""

    label: str
    cells: tuple[CellRow, ...]


@dataclass(frozen=True)
class ComparePage:
    """The routes side by side, or what to choose first."""

    shell: Shell
    intro: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[AspectRow, ...]
    sources: tuple[SourceRow, ...]
    fields: tuple[RouteField, ...]
    kept: tuple[str, ...]
    """Ids that the form sends along: adding a route keeps those that are there."""
    error: str
    suggestions: tuple[Link, ...]
    often: tuple[Link, ...]


def compare_page(
    visit: Visit, eligibility: Eligibility, ids: Sequence[str], profile: Profile | None = None
) -> ComparePage:
    """
    The page for these routes.

    :param ids: As they were asked for: any number, perhaps unknown or double; then the page says what to do.
    :param profile: What is known of the visitor, who then gets verdicts.
    """
    region = visit.region.id if visit.region else visit.home_region
    routes = {each.id: each for each in visit.catalogue.all(Route) if each.is_valid_on(visit.on)}
    table, error = None, ""
    near: tuple[str, ...] = ()
    try:
        table = comparison(eligibility, ids, profile, region) if ids else None
    except NotComparable as refused:
        error, near = str(refused), refused.suggestions
    kept = tuple(dict.fromkeys(each for each in ids if each in routes))[:MOST]
    titles = " of ".join(routes[each].title for each in kept) if table else ""
    shell = visit.shell(
        "Routes vergelijken", f"Vergelijk {titles}." if titles else _INTRO, is_indexed=not ids and profile is None
    )
    return ComparePage(
        shell=shell,
        intro=_INTRO,
        caption=f"{len(kept)} routes naast elkaar",
        columns=_columns(shell, table) if table else (),
        rows=_rows(table) if table else (),
        sources=source_rows(visit.catalogue, _source_ids(table)) if table else (),
        fields=_fields(routes, kept, is_adding=table is not None),
        kept=kept if table else (),
        error=error,
        suggestions=tuple(_suggestion(shell, routes[each], kept) for each in near if each not in kept),
        often=_often(shell, routes) if not ids else (),
    )


def compare_address(shell: Shell, ids: Sequence[str]) -> str:
    """Where these routes stand side by side, for the visitor's region."""
    pairs = [("route", each) for each in ids] + ([("regio", shell.region)] if shell.region else [])
    return f"/vergelijk?{urlencode(pairs)}"


def _columns(shell: Shell, table: Comparison) -> tuple[Column, ...]:
    ids = [route.id for route in table.routes]
    verdicts = next((row for row in table.rows if row.aspect == "verdict"), None)
    return tuple(
        Column(
            title=route.title,
            address=shell.link(f"/routes/{route.id}"),
            without=compare_address(shell, [each for each in ids if each != route.id]),
            verdict=verdicts.cells[at].lines[0].text if verdicts else "",
            tone=_FITS[route.verdict] if route.verdict else "",
        )
        for at, route in enumerate(table.routes)
    )


def _rows(table: Comparison) -> tuple[AspectRow, ...]:
    numbers = {id_: number for number, id_ in enumerate(_source_ids(table), start=1)}
    return tuple(
        AspectRow(
            row.label,
            tuple(_cell(cell, route.title, numbers) for cell, route in zip(row.cells, table.routes, strict=True)),
        )
        for row in _told(table)
    )


def _cell(cell: Cell, route: str, numbers: dict[str, int]) -> CellRow:
    lines = [LineRow(line.text, numbers[line.source.id] if line.source else 0) for line in cell.lines]
    # What stands on one source is told with one number, after its last sentence.
    shown = [
        LineRow(line.text, 0 if at + 1 < len(lines) and lines[at + 1].number == line.number else line.number)
        for at, line in enumerate(lines)
    ]
    return CellRow(route, tuple(shown), cell.is_known)


def _told(table: Comparison) -> list[Row]:
    """The rows but the verdict's, which stands at the head of the columns."""
    return [row for row in table.rows if row.aspect != "verdict"]


def _source_ids(table: Comparison) -> tuple[str, ...]:
    lines = (line for row in _told(table) for cell in row.cells for line in cell.lines)
    return tuple(dict.fromkeys(line.source.id for line in lines if line.source))


def _fields(routes: dict[str, Route], kept: Sequence[str], is_adding: bool) -> tuple[RouteField, ...]:
    """Four lists to choose from; one to add a route where some stand side by side already, none where four do."""
    if is_adding:
        return (
            (RouteField("erbij", "Zet er nog een route naast", "Kies een route", _groups(routes, kept)),)
            if len(kept) < MOST
            else ()
        )
    named = ("Eerste route", "Tweede route", "Derde route (hoeft niet)", "Vierde route (hoeft niet)")
    return tuple(
        RouteField(f"route-{at}", label, "Kies een route", _groups(routes, (), kept[at] if at < len(kept) else ""))
        for at, label in enumerate(named)
    )


def _groups(routes: dict[str, Route], without: Sequence[str], chosen: str = "") -> tuple[RouteGroup, ...]:
    """Every route once, under the first kind of school that it is for."""
    return tuple(
        RouteGroup(
            SECTORS[sector],
            tuple(
                Choice(route.id, route.title, route.id == chosen)
                for route in routes.values()
                if next((each for each in _GROUPS if each in route.sectors), _GROUPS[-1]) == sector
                and route.id not in without
            ),
        )
        for sector in _GROUPS
    )


def _suggestion(shell: Shell, route: Route, kept: Sequence[str]) -> Link:
    """A route that may be meant: beside what was chosen well, or its own page where nothing was."""
    address = compare_address(shell, [*kept, route.id][:MOST]) if kept else shell.link(address_of(route) or "/routes")
    return Link(address, route.title)


def _often(shell: Shell, routes: dict[str, Route]) -> tuple[Link, ...]:
    return tuple(
        Link(compare_address(shell, pair), f"{routes[pair[0]].title} en {routes[pair[1]].title}")
        for pair in _OFTEN
        if all(each in routes for each in pair)
    )
