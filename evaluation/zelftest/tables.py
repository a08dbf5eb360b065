"""Our rules as decision tables: rows that refuse, for an engine that knows nothing but tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.eligibility.diagram import ADVISER, FAILS
from assistant.eligibility.domain import ANOTHER, Domain
from assistant.eligibility.verdict import Eligibility
from knowledge.fact import Facts, FactType, FactValue

INPUTS = "given"
Cells = dict[int, tuple[int, ...]]
"""By level, the codes for which a row holds; a level that is not there may have any."""


@dataclass(frozen=True, slots=True)
class RefusingRow:
    """One way in which a rule refuses, or asks for an adviser."""

    route: str
    rule: str
    needs_adviser: bool
    cells: Cells


def refusing_rows(eligibility: Eligibility) -> Iterator[RefusingRow]:
    """Every requirement and exclusion as the rows in which it is not passed."""
    for route in eligibility.routes:
        for rule in eligibility.rules(route.id):
            root = eligibility.diagram.of_rules([rule], eligibility.levels, eligibility.domains)
            for outcome, cells in _paths(eligibility, root):
                if outcome in (FAILS, ADVISER):
                    yield RefusingRow(route.id, rule.id, outcome == ADVISER, cells)


def _paths(eligibility: Eligibility, node: int) -> Iterator[tuple[int, Cells]]:
    """Each way from here to an outcome; answers that lead to the same place are one."""
    diagram = eligibility.diagram
    if diagram.is_leaf(node):
        yield node, {}
        return
    level, children = diagram.nodes[node]
    for child in dict.fromkeys(children):
        codes = tuple(code for code, each in enumerate(children) if each == child)
        for outcome, cells in _paths(eligibility, child):
            yield outcome, {level: codes, **cells}


def zen_table(eligibility: Eligibility, rows: Sequence[RefusingRow]) -> dict[str, object]:
    """
    One decision table of all rows, as a document of zen-engine (JDM).

    It collects: the result lists every row that holds, with its rule and route.
    """
    levels = sorted({level for row in rows for level in row.cells})
    names = {level: str(eligibility.domains[level].fact.name) for level in levels}
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": f"i{level}", "name": names[level], "type": "expression", "field": names[level]} for level in levels],
        "outputs": [{"id": name, "name": name, "type": "expression", "field": name} for name in ("route", "rule", "adviser")],
        "rules": [
            {
                "_id": str(number),
                **{f"i{level}": _cell(eligibility.domains[level], row.cells.get(level)) for level in levels},
                "route": f'"{row.route}"',
                "rule": f'"{row.rule}"',
                "adviser": "true" if row.needs_adviser else "false",
            }
            for number, row in enumerate(rows)
        ],
    }  # fmt: skip
    place = {"x": 0, "y": 0}
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "type": "inputNode", "name": INPUTS, "position": place},
            {"id": "table", "type": "decisionTableNode", "name": "rules", "position": place, "content": table},
            {"id": "out", "type": "outputNode", "name": "refused", "position": place},
        ],
        "edges": [
            {"id": "one", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "two", "sourceId": "table", "targetId": "out", "type": "edge"},
        ],
    }


def zen_input(eligibility: Eligibility, facts: Facts) -> dict[str, str | int | bool | None]:
    """A visitor as the table asks for one: a set as one text, and null for what is not known."""
    return {name: _flat(facts.get(name)) for name in eligibility.vocabulary}


def _flat(value: FactValue | None) -> str | int | bool | None:
    return "+".join(sorted(value)) if isinstance(value, frozenset) else value


def _cell(domain: Domain, codes: tuple[int, ...] | None) -> str:
    """The test on one fact, in zen's language; empty for any value."""
    if codes is None:
        return ""
    if domain.fact.type is FactType.NUMBER:
        return ", ".join(_between(domain, code) for code in codes)
    values = [domain.values[code] for code in codes]
    if domain.fact.type is FactType.FLAG:
        return "true" if values == [True] else "false"
    if ANOTHER in values:
        listed = [value for value in domain.values if value != ANOTHER and value not in values]
        names = ", ".join(_quoted(name) for name in domain.alike(listed))
        return f"$ not in [{names}]" if names else ""
    return ", ".join(_quoted(_flat(name)) for name in domain.alike(values))


def _between(domain: Domain, code: int) -> str:
    low = domain.values[code]
    if code + 1 == len(domain.values):
        return f">= {low}"
    return f"[{low}..{domain.values[code + 1]})"


def _quoted(value: object) -> str:
    return f'"{value}"'
