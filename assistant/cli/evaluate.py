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
from evaluation.report import report_of, show, shown_alone, write
from evaluation.result import RunResult
from evaluation.retrieval.configurations import chosen as chosen_configurations
from evaluation.run import PARTS, REPORT, NoSuchRun, earlier_run, run
from knowledge.catalogue import Catalogue

_SPLITS = ("dev", "test", "all")


def evaluate(
    parts: Annotated[
        list[str] | None, typer.Argument(help=f"Any of {', '.join(PARTS)}; none is all of them.", show_default=False)
    ] = None,
    against: Annotated[str, typer.Option(help="An earlier run to compare with: its name, or `latest`.")] = "",
    split: Annotated[str, typer.Option(help="dev, test or all. The test split is for final reports alone.")] = "dev",
    check: Annotated[bool, typer.Option("--check", help="Only look whether the cases can be used.")] = False,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Show cases of the test split one by one; then they test nothing any more.")
    ] = False,
    configurations: Annotated[
        str, typer.Option(help="For retrieval: set-ups of the search to compare, with commas between them, or `all`.")
    ] = "",
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

        loket evaluate answering understanding --against latest

        loket evaluate retrieval --configurations all

        loket evaluate --check --cases my-cases

        loket evaluate eligibility --json
    """
    chosen = tuple(PARTS) if not parts or parts == ["all"] else tuple(dict.fromkeys(parts))
    unknown = [each for each in chosen if each not in PARTS]
    if unknown or split not in _SPLITS:
        wrong = (
            f"{', '.join(map(repr, unknown))}: choose from {', '.join(PARTS)}, or all"
            if unknown
            else f"--split {split!r}: dev, test or all"
        )
        typer.echo(wrong, err=True)
        raise typer.Exit(USED_WRONGLY)
    compared = tuple(filter(None, (each.strip() for each in configurations.split(","))))
    try:
        chosen_configurations(compared)
    except ValueError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(USED_WRONGLY) from error
    console = Console(stderr=as_json)
    with explained():
        settings = Settings()
        if check:
            _check(settings, cases)
            return
        folder = out or settings.var / "evaluation"
        result, before = _evaluated(
            settings, cases, chosen, folder, cast(Literal["dev", "test", "all"], split), against, compared, console
        )
    report = report_of(result, before, reveal=reveal)
    path = folder / result.run / REPORT
    write(report, path)
    if as_json:
        typer.echo((result if reveal else shown_alone(result)).model_dump_json(indent=2))
    else:
        show(report, console)
        console.print(f"Report: {path}")
    answering = result.find("answering")
    unsupported = answering.find(UNSUPPORTED) if answering else None
    if unsupported is not None and unsupported.value:
        typer.echo(f"{unsupported.value:.0f} numbers stand in replies and not in what they cite; see {path}", err=True)
        raise typer.Exit(FOUND_WRONG)


def _check(settings: Settings, folder: Path) -> None:
    """Say how many cases there are, or everything that is wrong with them."""
    try:
        casebook = _known(read_casebook(folder), settings.catalogue())
    except CaseProblem as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(FOUND_WRONG) from error
    tests = sum(case.split == "test" for case in casebook.cases)
    typer.echo(
        f"{len(casebook.cases)} questions ({tests} of them in the test split), {len(casebook.personas)} personas, "
        f"{len(casebook.guards)} messages for the guards, {len(casebook.conversations)} conversations and {len(casebook.pages)} pages "
        "to read: all of them can be used"
    )


def _evaluated(
    settings: Settings,
    cases: Path,
    parts: tuple[str, ...],
    folder: Path,
    split: Literal["dev", "test", "all"],
    against: str,
    configurations: tuple[str, ...],
    console: Console,
) -> tuple[RunResult, RunResult | None]:
    """The run, and the one to compare it with."""
    with _Bars(console) as bars:
        product = Product(
            settings, on_progress=lambda done, of: bars.show("index", done, of), configurations=configurations
        )
        try:
            before = earlier_run(folder, against, split, parts) if against else None
            casebook = _known(read_casebook(cases), product.publication.catalogue).only(split)
            return run(product, casebook, parts, folder, split, bars.show), before
        except (CaseProblem, ServerProblem) as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(FOUND_WRONG) from error
        except NoSuchRun as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(USED_WRONGLY) from error
        finally:
            product.close()


def _known(casebook: Casebook, catalogue: Catalogue) -> Casebook:
    """
    The casebook, once all it names is in the catalogue.

    :raises CaseProblem: If a case expects a record, route or fact that is not there.
    """
    unknown = list(casebook.unknown(catalogue))
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
