"""Report: a run beside the run before it, what got worse first; in the terminal and as one HTML page."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from evaluation.case import split_of
from evaluation.drawing import Bars, Diagonal, Whisker, bars_of, diagonal_of, whisker_of
from evaluation.interval import Interval, bootstrap_mean
from evaluation.result import Judged, PartResult, RunResult, Score

_WORST_IN_TERMINAL = 12
_WORST_ON_TOP = 25


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
        """Whether it moved the wrong way by more than rounding; a time, by more than times do by themselves."""
        before, now = (self.before.value if self.before else None), self.score.value
        if before is None or now is None or not self.change or self._is_same_time(before):
            return False
        return now < before if self.score.better == "higher" else now > before

    def _is_same_time(self, before: float) -> bool:
        score = self.score
        return score.unit in ("ms", "s") and score.low is not None and score.high is not None and before >= score.low


@dataclass(frozen=True)
class ScoreRow:
    """A score as a row of the page: numbers, and where it is a share with an interval, a drawing of it."""

    compared: Compared
    whisker: Whisker | None


@dataclass(frozen=True)
class Turned:
    """A case that went another way than the run before."""

    part: str
    case: Judged


@dataclass(frozen=True)
class SameCases:
    """How the share of right cases changed on the cases that both runs have."""

    part: str
    cases: int
    change: Interval
    """Now minus before, with its interval over cases, each paired with itself."""

    @property
    def words(self) -> str:
        """The change, and whether it is more than chance."""
        if self.change.low == self.change.high == 0:
            return f"the same on {self.cases} cases"
        points = [f"{100 * each:+.1f}" for each in (self.change.value, self.change.low, self.change.high)]
        sure = "worse" if self.change.high < 0 else "better" if self.change.low > 0 else "no more than chance"
        return f"{points[0]} points ({points[1]} to {points[2]}) on {self.cases} cases: {sure}"


@dataclass(frozen=True)
class PartPage:
    """One part as the report shows it."""

    result: PartResult
    scores: tuple[ScoreRow, ...]
    bars: tuple[Bars, ...]
    curves: tuple[Diagonal, ...]
    worst: tuple[Judged, ...]
    """Every case that went wrong and may be shown, the worst first."""
    wrong: int
    right: int

    @property
    def withheld(self) -> int:
        """How many cases went wrong that are not shown, because they are of the test split."""
        return self.wrong - len(self.worst)


@dataclass(frozen=True)
class Report:
    """Everything the page and the terminal show."""

    run: RunResult
    before: RunResult | None
    parts: tuple[PartPage, ...]
    worse_scores: tuple[ScoreRow, ...]
    same_cases: tuple[SameCases, ...]
    broken: tuple[Turned, ...]
    """Cases that were right and are wrong now, and may be shown."""
    mended: tuple[Turned, ...]
    turned: tuple[int, int]
    """How many broke and how many were mended, shown or not."""

    @property
    def worst(self) -> tuple[Turned, ...]:
        """The worst cases of all parts."""
        cases = [Turned(page.result.part, case) for page in self.parts for case in page.worst]
        return tuple(sorted(cases, key=lambda each: -each.case.severity)[:_WORST_ON_TOP])


def report_of(run: RunResult, before: RunResult | None = None, *, reveal: bool = False) -> Report:
    """
    A run beside an earlier one.

    :param reveal: Whether cases of the test split are shown one by one. Otherwise they are only counted: who reads them
        would tune the product to them.
    """
    parts = tuple(_page(each, before.find(each.part) if before else None, reveal) for each in run.parts)
    turned = [
        (Turned(part.part, case), was)
        for part in run.parts
        if before and (old := before.find(part.part))
        for was in [{each.id: each.right for each in old.judged}]
        for case in part.judged
    ]
    broken = [each for each, was in turned if not each.case.right and was.get(each.case.id)]
    mended = [each for each, was in turned if each.case.right and was.get(each.case.id) is False]
    return Report(
        run=run,
        before=before,
        parts=parts,
        worse_scores=tuple(each for page in parts for each in page.scores if each.compared.got_worse),
        same_cases=tuple(_same_cases(part, old) for part in run.parts if before and (old := before.find(part.part))),
        broken=tuple(each for each in broken if reveal or _may_be_shown(each.case)),
        mended=tuple(each for each in mended if reveal or _may_be_shown(each.case)),
        turned=(len(broken), len(mended)),
    )


def shown_alone(run: RunResult) -> RunResult:
    """The run without the cases that may not be shown."""
    parts = tuple(part.model_copy(update={"judged": tuple(filter(_may_be_shown, part.judged))}) for part in run.parts)
    return run.model_copy(update={"parts": parts})


def _may_be_shown(case: Judged) -> bool:
    return split_of(case.id) == "dev"


def _same_cases(now: PartResult, before: PartResult) -> SameCases:
    was = {each.id: each.right for each in before.judged}
    changes = [float(each.right) - float(was[each.id]) for each in now.judged if each.id in was]
    return SameCases(now.part, len(changes), bootstrap_mean(changes))


def _page(part: PartResult, before: PartResult | None, reveal: bool) -> PartPage:
    wrong = [each for each in part.judged if not each.right]
    shown = [each for each in wrong if reveal or _may_be_shown(each)]
    return PartPage(
        result=part,
        scores=tuple(
            ScoreRow(Compared(part.part, each, before.find(each.name) if before else None), whisker_of(each))
            for each in part.scores
        ),
        bars=tuple(bars_of(each) for each in part.histograms),
        curves=tuple(diagonal_of(each) for each in part.curves),
        worst=tuple(sorted(shown, key=lambda each: (-each.severity, each.topic, each.id))),
        wrong=len(wrong),
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
    """What got worse, the scores as a table, and the worst cases."""
    run = report.run
    if report.before:
        broke, mended = report.turned
        console.print(f"[bold]Against {report.before.run}[/]: {broke} cases broke, {mended} mended")
        for part in report.same_cases:
            console.print(f"  {part.part}: {part.words}")
        for row in report.worse_scores:
            each = row.compared
            console.print(
                f"  [red]worse[/] {each.part}: {each.score.name} {each.score.written(each.score.value)} ({each.change})"
            )
        for turned in report.broken[:_WORST_IN_TERMINAL]:
            console.print(f"  [red]broke[/] {turned.part} {turned.case.id}: {escape('; '.join(turned.case.wrong))}")
    console.print(f"{run.run} · {run.split} · {run.machine}")
    for page in report.parts:
        table = RichTable(
            title=f"[bold]{page.result.part}[/]", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0)
        )
        for heading in ("score", "", "95% interval", "of", "promised", "change"):
            table.add_column(heading, justify="left" if heading == "score" else "right", no_wrap=heading != "score")
        for row in page.scores:
            table.add_row(*_row(row.compared))
        console.print(table)
    for page in report.parts:
        for case in page.worst[:_WORST_IN_TERMINAL]:
            console.print(
                f"[dim]{page.result.part}[/] [bold]{case.id}[/] {escape(case.asked)}\n   {escape('; '.join(case.wrong))}",
                highlight=False,
            )
        if len(page.worst) > _WORST_IN_TERMINAL:
            console.print(f"[dim]... and {len(page.worst) - _WORST_IN_TERMINAL} more in the report[/]")
        if page.withheld:
            console.print(
                f"[dim]{page.result.part}: {page.withheld} cases of the test split went wrong and stay unseen[/]"
            )


def _row(each: Compared) -> tuple[str, ...]:
    score = each.score
    colour = {True: "green", False: "red", None: "default"}[score.is_kept]
    interval = "" if score.low is None else f"{score.written(score.low)} - {score.written(score.high)}"
    promised = (
        "" if score.promise is None else f"{'>=' if score.better == 'higher' else '<='} {score.written(score.promise)}"
    )
    change = f"[{'red' if each.got_worse else 'green'}]{each.change}[/]" if each.change else ""
    return score.name, f"[{colour}]{score.written(score.value)}[/]", interval, str(score.of), promised, change
