"""Report: a run beside the run before it, what got worse first; in the terminal and as one HTML page."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from evaluation.drawing import Bars, Whisker, bars_of, whiskers_of
from evaluation.result import Judged, PartResult, RunResult, Score

_WORST_IN_TERMINAL = 12


@dataclass(frozen=True)
class Compared:
    """A score beside the one of the run before."""

    part: str
    score: Score
    before: Score | None

    @property
    def change(self) -> str:
        """How much it moved; empty if there is nothing to compare with or it stayed the same as people read it."""
        before, now = (self.before.value if self.before else None), self.score.value
        if before is None or now is None or self.score.written(now) == self.score.written(before):
            return ""
        sign = "+" if now > before else "-"
        return f"{sign}{self.score.written(abs(now - before))}"

    @property
    def got_worse(self) -> bool:
        """Whether it moved the wrong way by more than rounding."""
        before, now = (self.before.value if self.before else None), self.score.value
        if before is None or now is None or not self.change:
            return False
        return now < before if self.score.better == "higher" else now > before


@dataclass(frozen=True)
class Turned:
    """A case that went another way than the run before."""

    part: str
    case: Judged


@dataclass(frozen=True)
class PartPage:
    """One part as the report shows it."""

    result: PartResult
    scores: tuple[Compared, ...]
    whiskers: tuple[Whisker, ...]
    bars: tuple[Bars, ...]
    worst: tuple[Judged, ...]
    """Every case that went wrong, the worst first."""
    right: int


@dataclass(frozen=True)
class Report:
    """Everything the page and the terminal show."""

    run: RunResult
    before: RunResult | None
    parts: tuple[PartPage, ...]
    worse_scores: tuple[Compared, ...]
    broken: tuple[Turned, ...]
    """Cases that were right and are wrong now."""
    mended: tuple[Turned, ...]


def report_of(run: RunResult, before: RunResult | None = None) -> Report:
    """A run beside an earlier one."""
    parts = tuple(_page(each, before.find(each.part) if before else None) for each in run.parts)
    turned = [
        (Turned(part.part, case), was)
        for part in run.parts
        if before and (old := before.find(part.part))
        for was in [{each.id: each.right for each in old.judged}]
        for case in part.judged
    ]
    return Report(
        run=run,
        before=before,
        parts=parts,
        worse_scores=tuple(each for page in parts for each in page.scores if each.got_worse),
        broken=tuple(each for each, was in turned if not each.case.right and was.get(each.case.id)),
        mended=tuple(each for each, was in turned if each.case.right and was.get(each.case.id) is False),
    )


def _page(part: PartResult, before: PartResult | None) -> PartPage:
    wrong = [each for each in part.judged if not each.right]
    return PartPage(
        result=part,
        scores=tuple(Compared(part.part, each, before.find(each.name) if before else None) for each in part.scores),
        whiskers=whiskers_of(part.scores),
        bars=tuple(bars_of(each) for each in part.histograms),
        worst=tuple(sorted(wrong, key=lambda each: (-each.severity, each.topic, each.id))),
        right=len(part.judged) - len(wrong),
    )


def written(report: Report) -> str:
    """The page: one file of HTML that asks nothing of another site."""
    templates = Environment(
        loader=PackageLoader("evaluation"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    return templates.get_template("report.html").render(page=report)


def write(report: Report, path: Path) -> None:
    """The page in a file."""
    path.write_text(written(report), encoding="utf-8")


def show(report: Report, console: Console) -> None:
    """The scores as a table, what got worse first, and the worst cases."""
    run = report.run
    if report.before:
        console.print(
            f"[bold]Against {report.before.run}[/]: {len(report.broken)} cases broke, {len(report.mended)} mended"
        )
        for each in report.worse_scores:
            console.print(
                f"  [red]worse[/] {each.part}: {each.score.name} {each.score.written(each.score.value)} ({each.change})"
            )
        for turned in report.broken[:_WORST_IN_TERMINAL]:
            console.print(f"  [red]broke[/] {turned.part} {turned.case.id}: {escape('; '.join(turned.case.wrong))}")
    table = RichTable(title=f"{run.run} · {run.split} · {run.machine}", title_justify="left")
    for heading in ("part", "score", "", "95% interval", "of", "promised", "change"):
        table.add_column(heading, justify="left" if heading in ("part", "score") else "right")
    for page in report.parts:
        for number, each in enumerate(page.scores):
            table.add_row(page.result.part if number == 0 else "", *_row(each))
        table.add_section()
    console.print(table)
    for page in report.parts:
        for case in page.worst[:_WORST_IN_TERMINAL]:
            console.print(
                f"[dim]{page.result.part}[/] [bold]{case.id}[/] {escape(case.asked)}\n   {escape('; '.join(case.wrong))}",
                highlight=False,
            )
        if len(page.worst) > _WORST_IN_TERMINAL:
            console.print(f"[dim]... and {len(page.worst) - _WORST_IN_TERMINAL} more in the report[/]")


def _row(each: Compared) -> tuple[str, ...]:
    score = each.score
    colour = {True: "green", False: "red", None: "default"}[score.is_kept]
    interval = "" if score.low is None else f"{score.written(score.low)} - {score.written(score.high)}"
    promised = (
        "" if score.promise is None else f"{'>=' if score.better == 'higher' else '<='} {score.written(score.promise)}"
    )
    change = f"[{'red' if each.got_worse else 'green'}]{each.change}[/]" if each.change else ""
    return score.name, f"[{colour}]{score.written(score.value)}[/]", interval, str(score.of), promised, change
