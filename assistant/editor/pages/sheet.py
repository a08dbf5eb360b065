"""A list as a spreadsheet: to download, to send in, and what it would change."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Shell, shell
from assistant.editor import wording
from assistant.editor.bulk import Outcome, still_told
from assistant.editor.pages.bulk import LeftRow, OutcomeRow, outcome_rows
from assistant.editor.sheet import Change
from assistant.editor.spreadsheet import Fault

_MOST_FAULTS = 200


@dataclass(frozen=True)
class SheetLink:
    """A way to have the list."""

    label: str
    address: str


@dataclass(frozen=True)
class FaultRow:
    """Something wrong in the file."""

    row: str
    column: str
    text: str


@dataclass(frozen=True)
class SheetPage:
    """The page."""

    shell: Shell
    heading: str
    sort_label: str
    sort_address: str
    address: str
    links: tuple[SheetLink, ...]
    has_amounts: bool
    error: str
    file: str
    """The name of what was sent in."""
    faults: tuple[FaultRow, ...]
    more_faults: int
    is_preview: bool
    told: str
    changed: tuple[OutcomeRow, ...]
    left: tuple[LeftRow, ...]


def sheet_page(
    editor: SignedInAdviser,
    sort: str,
    has_amounts: bool,
    *,
    error: str = "",
    file: str = "",
    faults: Sequence[Fault] = (),
    changes: Sequence[Change] | None = None,
) -> SheetPage:
    """
    The page.

    :param changes: What the file makes of the list; None: no file was read.
    """
    address = f"/desk/redactie/tabel/{sort}"
    kinds = (("bedragen", "een rij per bedrag"),) if has_amounts else ()
    links = tuple(
        SheetLink(f"{kind.upper().replace('XLSX', 'Excel')}, {words}", f"{address}/{what}.{kind}")
        for what, words in (*kinds, ("onderdelen", "een rij per onderdeel"))
        for kind in ("xlsx", "csv")
    )
    outcomes = [
        Outcome(each.key, each.before or {}, each.after, note=still_told(each.before or {}, each.after))
        for each in changes or ()
    ]
    changed, left = outcome_rows(outcomes)
    rows = tuple(FaultRow(str(each.row or ""), each.column, each.text) for each in faults[:_MOST_FAULTS])
    return SheetPage(
        shell=shell(f"Als rekenblad: {wording.SORTS[sort]}", editor),
        heading="Als rekenblad",
        sort_label=wording.SORTS[sort],
        sort_address=f"/desk/redactie/lijst/{sort}",
        address=address,
        links=links,
        has_amounts=has_amounts,
        error=error,
        file=file,
        faults=rows,
        more_faults=max(len(faults) - len(rows), 0),
        is_preview=changes is not None and not faults,
        told=_told(outcomes),
        changed=changed,
        left=left,
    )


def _told(outcomes: Sequence[Outcome]) -> str:
    new = sum(not each.before for each in outcomes)
    gone = sum(each.after is None for each in outcomes)
    parts = [(len(outcomes) - new - gone, "gewijzigd"), (new, "nieuw"), (gone, "weggehaald")]
    told = ", ".join(f"{number} {word}" for number, word in parts if number)
    return (
        f"In dit bestand: {told}. Er is nog niets bewaard."
        if told
        else "Dit bestand zegt wat er al staat. Er verandert niets."
    )
