"""Scores verdicts: do the rules say of a persona what the sources say."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from evaluation.case import Persona
from evaluation.casebook import Casebook
from evaluation.eligibility.generate import JudgedRoutes
from evaluation.interval import bootstrap, bootstrap_mean
from evaluation.result import Judged, PartResult, Table, score

_OPEN = frozenset({"fits", "possible", "ask_adviser"})


def evaluate(casebook: Casebook, outputs: Sequence[JudgedRoutes]) -> PartResult:
    """Agreement per verdict, and the share of personas of whom every verdict agrees."""
    personas = {persona.id: persona for persona in casebook.personas}
    agreed = np.array(
        [
            [sum(output.verdicts.get(route) in right for route, right in expect.items()), len(expect)]
            for output in outputs
            for expect in [personas[output.id].expect]
        ],
        dtype=float,
    ).reshape(-1, 2)
    verdicts = int(agreed[:, 1].sum())
    return PartResult(
        part="eligibility",
        scores=(
            score(
                "verdicts that agree",
                bootstrap(len(outputs), lambda drawn: float(agreed[drawn, 0].sum() / agreed[drawn, 1].sum())),
                verdicts,
            ),
            score("personas wholly right", bootstrap_mean(list(agreed[:, 0] == agreed[:, 1])), len(outputs)),
        ),
        judged=tuple(_judged(personas[output.id], output) for output in outputs),
        tables=(_by_route(personas, outputs),),
    )


def _judged(persona: Persona, output: JudgedRoutes) -> Judged:
    wrong, severity = [], 0
    for route, right in persona.expect.items():
        verdict = output.verdicts.get(route)
        if verdict not in right:
            because = " · ".join(output.because.get(route, ())[:3])
            open_facts = ", ".join(output.missing.get(route, ()))
            still = f"; still open: {open_facts}" if open_facts else ""
            wrong.append(f"{route}: {verdict}, expected {' or '.join(right)} ({because}{still})")
            # Refusing what is open, or opening what is refused, misleads; the rest is a shade.
            misled = (verdict in _OPEN) != bool(_OPEN.intersection(right))
            severity = max(severity, 3 if misled else 1)
    return Judged(
        id=persona.id,
        topic=persona.topic,
        asked=persona.who,
        right=not wrong,
        wrong=tuple(wrong),
        got=", ".join(f"{route}: {output.verdicts.get(route)}" for route in persona.expect),
        source=persona.source,
        severity=severity,
    )


def _by_route(personas: dict[str, Persona], outputs: Sequence[JudgedRoutes]) -> Table:
    counts: dict[str, list[bool]] = defaultdict(list)
    for output in outputs:
        for route, right in personas[output.id].expect.items():
            counts[route].append(output.verdicts.get(route) in right)
    ordered = sorted(counts.items(), key=lambda item: (sum(item[1]) / len(item[1]), item[0]))
    return Table(
        title="Verdicts by route",
        columns=("route", "personas", "agree"),
        rows=tuple((route, str(len(each)), f"{100 * sum(each) / len(each):.0f}%") for route, each in ordered),
    )
