"""`loket evaluate`: how good it is, part by part, and what got worse."""

from pathlib import Path
from typing import Annotated, Literal, cast

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from assistant.cli.failing import FOUND_WRONG, USED_WRONGLY, explained
from assistant.settings import Settings
from evaluation.answering.evaluate import UNSUPPORTED
from evaluation.casebook import CASES, Casebook, CaseProblem, read_casebook
from evaluation.load.server import ServerProblem
from evaluation.product import Product
from evaluation.report import report_of, show, write
from evaluation.result import RunResult
from evaluation.run import PARTS, REPORT, NoSuchRun, earlier_run, run

_SPLITS = ("dev", "test", "all")


def evaluate(
    part: Annotated[str, typer.Argument(help=f"{', '.join(PARTS)}, or all of them.")] = "all",
    against: Annotated[str, typer.Option(help="An earlier run to compare with: its name, or `latest`.")] = "",
    split: Annotated[str, typer.Option(help="dev, test or all. The test split is for final reports alone.")] = "dev",
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="Where runs are kept; default: `evaluation` in the data folder.")
    ] = None,
    cases: Annotated[Path, typer.Option(help="The folder with the cases.")] = CASES,
) -> None:
    """
    Ask every case, score what came, and write a report. Exit code 1 if a reply held a number without a source.

    Examples:

        loket evaluate

        loket evaluate answering --against latest

        loket evaluate eligibility --json
    """
    if part not in (*PARTS, "all") or split not in _SPLITS:
        wrong = (
            f"{part!r}: choose {', '.join(PARTS)} or all"
            if split in _SPLITS
            else f"--split {split!r}: dev, test or all"
        )
        typer.echo(wrong, err=True)
        raise typer.Exit(USED_WRONGLY)
    console = Console(stderr=as_json)
    with explained():
        settings = Settings()
        folder = out or settings.var / "evaluation"
        chosen = tuple(PARTS) if part == "all" else (part,)
        result, before = _evaluated(
            settings, cases, chosen, folder, cast(Literal["dev", "test", "all"], split), against, console
        )
    report = report_of(result, before)
    path = folder / result.run / REPORT
    write(report, path)
    if as_json:
        typer.echo(result.model_dump_json(indent=2))
    else:
        show(report, console)
        console.print(f"Report: {path}")
    answering = result.find("answering")
    unsupported = answering.find(UNSUPPORTED) if answering else None
    if unsupported is not None and unsupported.value:
        typer.echo(f"{unsupported.value:.0f} numbers stand in replies and not in what they cite; see {path}", err=True)
        raise typer.Exit(FOUND_WRONG)


def _evaluated(
    settings: Settings,
    cases: Path,
    parts: tuple[str, ...],
    folder: Path,
    split: Literal["dev", "test", "all"],
    against: str,
    console: Console,
) -> tuple[RunResult, RunResult | None]:
    """The run, and the one to compare it with."""
    with _Bars(console) as bars:
        product = Product(settings, on_progress=lambda done, of: bars.show("index", done, of))
        try:
            before = earlier_run(folder, against, split, parts) if against else None
            casebook = _known(read_casebook(cases), product).only(split)
            return run(product, casebook, parts, folder, split, bars.show), before
        except (CaseProblem, ServerProblem) as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(FOUND_WRONG) from error
        except NoSuchRun as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(USED_WRONGLY) from error
        finally:
            product.close()


def _known(casebook: Casebook, product: Product) -> Casebook:
    """
    The casebook, once all it names is in the catalogue.

    :raises CaseProblem: If a case expects a record, route or fact that is not there.
    """
    unknown = list(casebook.unknown(product.publication.catalogue))
    if unknown:
        raise CaseProblem("\n".join([*unknown, "mend these cases, or publish what they expect"]))
    return casebook


class _Bars:
    """One bar a part."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console,
            transient=True,
        )  # fmt: skip
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "_Bars":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, part: str, done: int, of: int) -> None:
        """Move the bar of a part."""
        if part not in self._tasks:
            self._tasks[part] = self._progress.add_task(part, total=of)
        self._progress.update(self._tasks[part], completed=done, total=of)
