"""Fetching: the sources that are watched, how that goes, and what each run did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Moment, Shell, Tag, choices, moment_of, shell, web_address
from assistant.editor.fetch_words import why_in_words
from knowledge.watched import Run, RunState, WatchedSite

ADDRESS = "/desk/redactie/ophalen"
_MOST = 200
"""Lines of one list; a run with more has one thing wrong that the first lines tell."""
STATES: Mapping[RunState, tuple[str, str]] = {
    "running": ("possible", "Bezig"), "done": ("fits", "Gelukt"), "failed": ("late", "Gestopt"),
    "broken_off": ("ask-adviser", "Onderbroken"),
}  # fmt: skip
OUTCOMES: Mapping[str, str] = {
    "new": "nieuw", "changed": "gewijzigd", "same": "hetzelfde", "gone": "weg", "failed": "niet gelukt",
}  # fmt: skip
STATUSES = {"active": "Wordt gevolgd", "paused": "Gepauzeerd", "unchecked": "Nog niet nagekeken"}
LIVE = {"passages": "wat er staat", "vacancies": "vacatures", "events": "bijeenkomsten"}
Which = Literal["", "mis", "pauze", "nieuw"]
WHICH: Mapping[str, str] = {"": "Alle bronnen", "mis": "Ging de laatste keer mis", "pauze": "Gepauzeerd", "nieuw": "Nog nooit opgehaald"}  # fmt: skip


@dataclass(frozen=True)
class SiteRow:
    """A source in the list."""

    address: str
    title: str
    owner: str
    tag: Tag
    last: Moment | None
    told: str
    """What the last run came to, in a line."""


@dataclass(frozen=True)
class FetchingPage:
    """Every source of the editor's regions, and of all regions."""

    shell: Shell
    which: tuple[Choice, ...]
    rows: tuple[SiteRow, ...]
    total: int
    busy: str
    """What is being fetched now; empty: nothing."""


@dataclass(frozen=True)
class RunRow:
    """A run in the history of a source."""

    address: str
    began: Moment
    tag: Tag
    told: str


@dataclass(frozen=True)
class SitePage:
    """One source."""

    shell: Shell
    address: str
    title: str
    owner: str
    site: str | None
    tag: Tag
    facts: tuple[tuple[str, str], ...]
    runs: tuple[RunRow, ...]
    may_change: bool
    """Whether it is of the editor's own regions, or of all."""
    is_paused: bool
    is_busy: bool
    done: str


@dataclass(frozen=True)
class Line:
    """One thing that went otherwise than well."""

    what: str
    url: str | None
    why: str


@dataclass(frozen=True)
class Section:
    """Lines of a kind."""

    name: str
    title: str
    lines: tuple[Line, ...]
    more: int
    lang: str = ""
    """Of the reasons, if that is not Dutch: they are for whoever makes the site."""


@dataclass(frozen=True)
class RunPage:
    """What one run did."""

    shell: Shell
    address: str
    source_address: str
    title: str
    tag: Tag
    is_running: bool
    began: Moment
    stopped: str
    """Why it was stopped before its end; empty: it was not."""
    done_of: tuple[int, int] | None
    """While it fetches: how many addresses were tried, and of how many that are known so far."""
    figures: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def fetching_page(
    editor: SignedInAdviser, sites: Sequence[WatchedSite], busy: bool, which: str, now: datetime
) -> FetchingPage:
    """The list; what was asked for last comes first, then what went wrong."""
    mine = [each for each in sites if is_of(editor, each.regions)]
    shown = [each for each in mine if _is_asked(each, which)]
    shown.sort(key=lambda each: (_order(each), each.owner.lower()))
    running = next((each.title for each in sites if each.last_run and each.last_run.state == "running"), "")
    told = f"We halen nu {running} op." if running else "We halen nu een bron op." if busy else ""
    rows = tuple(_site_row(each, now) for each in shown)
    return FetchingPage(shell("Bronnen ophalen", editor), choices(WHICH, which), rows, len(mine), told)


def site_page(
    editor: SignedInAdviser, site: WatchedSite, runs: Sequence[Run], busy: bool, now: datetime, done: str
) -> SitePage:
    """One source with its history."""
    live = ", ".join(LIVE[each] for each in site.goes_live if each in LIVE)
    due = "bij de eerstvolgende ronde" if site.is_due(now) else "nog niet aan de beurt"
    facts = (
        ("Van", site.owner),
        ("Hoe vaak", _every(site.every)),
        ("Aan de beurt", due if site.status == "active" else "nee"),
        ("Gaat vanzelf live", live or "niets: alles komt eerst als voorstel"),
    )
    return SitePage(
        shell=shell(site.title, editor),
        address=f"{ADDRESS}/bron/{site.id}",
        title=site.title,
        owner=site.owner,
        site=web_address(site.address),
        tag=_site_tag(site),
        facts=facts,
        runs=tuple(
            RunRow(f"{ADDRESS}/ronde/{each.id}", moment_of(each.started_at, now), Tag(*STATES[each.state]), _told(each))
            for each in runs
        ),
        may_change=is_of(editor, site.regions),
        is_paused=site.status == "paused",
        is_busy=busy,
        done=done,
    )


def run_page(editor: SignedInAdviser, run: Run, title: str, now: datetime) -> RunPage:
    """One run, as far as it is."""
    tried = sum(count for outcome, count in run.counts.items() if outcome)
    is_fetching = run.state == "running" and bool(run.counts)
    return RunPage(
        shell=shell(title, editor),
        address=f"{ADDRESS}/ronde/{run.id}",
        source_address=f"{ADDRESS}/bron/{run.source_id}",
        title=title,
        tag=Tag(*STATES[run.state]),
        is_running=run.state == "running",
        began=moment_of(run.started_at, now),
        stopped=why_in_words(str(run.fetched.get("stopped") or "")),
        done_of=(tried, sum(run.counts.values())) if is_fetching else None,
        figures=_figures(run),
        sections=tuple(each for each in _sections(run) if each.lines),
    )


def is_of(editor: SignedInAdviser, regions: Sequence[str]) -> bool:
    """Whether something is of the editor's own regions, or of all regions."""
    return not regions or not set(regions).isdisjoint(editor.account.regions)


def _is_asked(site: WatchedSite, which: str) -> bool:
    match which:
        case "mis":
            return _went_wrong(site)
        case "pauze":
            return site.status == "paused"
        case "nieuw":
            return site.last_run is None
        case _:
            return True


def _went_wrong(site: WatchedSite) -> bool:
    run = site.last_run
    return run is not None and (run.state in ("failed", "broken_off") or bool(run.report.get("refused")))


def _order(site: WatchedSite) -> int:
    if site.last_run and site.last_run.state == "running":
        return 0
    return 1 if _went_wrong(site) else 3 if site.last_run is None else 2


def _site_row(site: WatchedSite, now: datetime) -> SiteRow:
    run = site.last_run
    last = moment_of(run.ended_at or run.started_at, now) if run else None
    told = _told(run) if run else "Nog nooit opgehaald."
    return SiteRow(f"{ADDRESS}/bron/{site.id}", site.title, site.owner, _site_tag(site), last, told)


def _site_tag(site: WatchedSite) -> Tag:
    if site.status != "active":
        return Tag("ask-adviser", STATUSES[site.status])
    return Tag(*STATES[site.last_run.state]) if site.last_run else Tag("possible", STATUSES["active"])


def _told(run: Run) -> str:
    """What a run came to, in a line."""
    if stopped := str(run.fetched.get("stopped") or ""):
        return why_in_words(stopped)
    counts = run.counts or run.fetched.get("counts") or {}
    parts = [f"{counts[name]} {word}" for name, word in OUTCOMES.items() if counts.get(name)]
    if refused := len(run.report.get("refused") or ()):
        parts.append(f"{refused} niet gelezen")
    if opened := (run.report.get("proposals") or {}).get("opened"):
        parts.append("1 voorstel" if opened == 1 else f"{opened} voorstellen")
    return ("Pagina’s: " + ", ".join(parts) + ".") if parts else "Er zijn nog geen pagina’s bekeken."


def _figures(run: Run) -> tuple[tuple[str, str], ...]:
    """What came of it, as label and value."""
    fetched, report = run.fetched, run.report
    counts = run.counts or fetched.get("counts") or {}
    found = [(f"Pagina’s {word}", str(counts[name])) for name, word in OUTCOMES.items() if counts.get(name)]
    if report:
        found.append(("Tijd", _duration(float(report.get("seconds") or fetched.get("seconds") or 0))))
        found.append(("Opgehaald", _size(int(fetched.get("bytes") or 0))))
    if "read" in report:
        found.append(("Gelezen", _pages(int(report["read"]))))
        added, removed = int(report.get("added") or 0), int(report.get("removed") or 0)
        found.append(("Stukken tekst", f"{added} erbij, {removed} eraf" if added or removed else "geen verschil"))
    if proposals := report.get("proposals"):
        told = f"{proposals.get('opened', 0)} nieuw, {proposals.get('standing', 0)} wachtten al"
        found.append(("Voorstellen", told))
    for name, label in (("vacancies", "Vacatures"), ("events", "Bijeenkomsten")):
        if live := report.get(name):
            found.append((label, f"{live.get('added', 0)} erbij, {live.get('changed', 0)} gewijzigd, {live.get('gone', 0)} eraf"))  # fmt: skip
    return tuple(found)


def _sections(run: Run) -> tuple[Section, ...]:
    fetched, report = run.fetched, run.report
    moved = [(each["address"], f"Staat nu op {each['to']}") for each in fetched.get("moved") or ()]
    repairs = [(address, what) for address, _, what in (each.partition(": ") for each in report.get("repairs") or ())]
    left_out: Mapping[str, int] = fetched.get("left_out") or {}
    return (
        _section("mis", "Niet opgehaald", _in_dutch(fetched.get("failed"), "address")),
        _section("geweigerd", "Niet gelezen", _in_dutch(report.get("refused"), "file")),
        _section("niet-live", "Niet live gegaan", _in_dutch(report.get("dropped"), "title")),
        _section("verhuisd", "Verhuisd", moved),
        _section("hersteld", "Fouten in gegevens voor zoekmachines", repairs, "en"),
        _section(
            "links",
            "Links die we niet volgden",
            [(f"{number} keer", why_in_words(why)) for why, number in left_out.items()],
        ),
    )


def _in_dutch(told: Sequence[Mapping[str, Any]] | None, name: str) -> list[tuple[str, str]]:
    return [(each[name], why_in_words(each["why"])) for each in told or ()]


def _section(name: str, title: str, lines: Sequence[tuple[str, str]], lang: str = "") -> Section:
    shown = tuple(Line(what, web_address(what), why) for what, why in lines[:_MOST])
    return Section(name, title, shown, max(0, len(lines) - _MOST), lang)


def _every(period: timedelta) -> str:
    hours = int(period.total_seconds() // 3600)
    if hours % 24:
        return f"elke {hours} uur"
    return "elke dag" if hours == 24 else f"elke {hours // 24} dagen"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} seconden" if round(seconds) != 1 else "1 seconde"
    return f"{seconds / 60:.0f} minuten"


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB".replace(".", ",") if count >= 100_000 else f"{count / 1e3:.0f} kB"


def _pages(count: int) -> str:
    return "1 pagina" if count == 1 else f"{count} pagina’s"
