"""The routes side by side, for a board: at a glance, and aspect by aspect."""

from collections.abc import Sequence

from assistant.eligibility.verdict import Eligibility
from assistant.keuzewijzer.choosing import Selection
from assistant.keuzewijzer.document import RouteChapter, Table, TableRow, Text
from assistant.keuzewijzer.numbering import Numbering
from assistant.zelftest.comparison import MOST, Cell, comparison

_ASPECTS = {
    "duration": "Duur",
    "hours": "Tijd per week",
    "income": "Inkomen van de kandidaat",
    "admission": "Toelating",
    "certificate": "Wat de kandidaat haalt",
    "teaches_in": "Waar de kandidaat mag lesgeven",
    "starts": "Start",
    "support": "Begeleiding",
    "dropout": "Hoeveel mensen stoppen",
}
_MOST_LINES = 4
_MOST_AT_A_GLANCE = 2
_NOTHING = "Niet bekend"
_PAID = {True: "Ja", False: "Nee", None: "Verschilt"}


def at_a_glance(chapters: Sequence[RouteChapter]) -> Table:
    """A row a route: how long, whether the candidate earns, what the school pays, and what it can get."""
    return Table(
        columns=("Route", "Duur", "Salaris tijdens het leren", "Wat de school betaalt", "Subsidie voor de school"),
        rows=tuple(
            TableRow(
                label=each.title,
                cells=(
                    (Text(text=next((fact.text for fact in each.facts if fact.label == "Duur"), _NOTHING)),),
                    (Text(text=_PAID[each.pay_while_learning]),),
                    _glance(tuple(dict.fromkeys(line.what for line in each.costs if line.who != "de kandidaat"))),
                    _glance(
                        tuple(
                            f"{scheme.title}: {scheme.sums[0].amount} ({scheme.sums[0].year})" if scheme.sums else scheme.title
                            for scheme in each.schemes
                            if scheme.is_for_school and scheme.tone != "bad"
                        )
                    ),
                ),
            )
            for each in chapters
        ),
    )  # fmt: skip


def compared(eligibility: Eligibility, selection: Selection, numbers: Numbering) -> tuple[Table, ...]:
    """
    The routes aspect by aspect, in tables of two to four.

    :returns: Nothing for one route; five routes make a table of three and one of two.
    """
    ids = [route.id for route in selection.routes]
    return tuple(_table(eligibility, group, selection, numbers) for group in _groups(ids) if len(group) > 1)


def _groups(ids: Sequence[str]) -> list[Sequence[str]]:
    """As few groups as can be, of nearly the same size: a route never stands alone."""
    number = -(-len(ids) // (MOST - 1)) if len(ids) > MOST else 1
    size, larger = divmod(len(ids), number)
    groups, at = [], 0
    for place in range(number):
        end = at + size + (1 if place < larger else 0)
        groups.append(ids[at:end])
        at = end
    return groups


def _table(eligibility: Eligibility, ids: Sequence[str], selection: Selection, numbers: Numbering) -> Table:
    table = comparison(eligibility, ids, region=selection.region.id)
    return Table(
        columns=("", *(route.title for route in table.routes)),
        rows=tuple(
            TableRow(label=_ASPECTS[row.aspect], cells=tuple(_cell(cell, numbers) for cell in row.cells))
            for row in table.rows
            if row.aspect in _ASPECTS and any(cell.is_known for cell in row.cells)
        ),
    )


def _cell(cell: Cell, numbers: Numbering) -> tuple[Text, ...]:
    if not cell.is_known:
        return (Text(text=_NOTHING),)
    return tuple(
        Text(text=line.text, refs=numbers.refs([line.source.id]) if line.source else ()) for line in cell.lines[:_MOST_LINES]
    )  # fmt: skip


def _glance(words: Sequence[str]) -> tuple[Text, ...]:
    shown = [Text(text=each) for each in words[:_MOST_AT_A_GLANCE]]
    return tuple(shown) or (Text(text="Niets dat wij kennen"),)
