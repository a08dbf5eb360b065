"""`python -m evaluation.choosing`: learn anew how to choose among records, and keep the weights with the code."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import yaml

from assistant.answering.consult.candidates import FEATURES, NOTHING
from assistant.answering.consult.ranking import WEIGHTS, Weights
from assistant.answering.understand.phrasings import sentences_of
from assistant.settings import Settings
from evaluation.choosing.examples import MISSED, Example, Examples
from evaluation.choosing.fit import STRENGTHS, Fit, Floats, fitted, judged, table_of
from evaluation.product import Product
from knowledge.gazetteer import dutch_places
from knowledge.index.cache import VectorCache
from knowledge.index.dense import vectors_of

_HELD_BACK = 5
"""One phrasing in so many is held back to try penalties on."""


def main() -> None:
    """Make the examples, fit, say how well it went, and write the weights; some minutes."""
    settings = Settings()
    product = Product(settings)
    try:
        examples = list(_examples(settings, product))
    finally:
        product.close()
    best, weights = fitted_best(examples)
    missed = sum(each.right == MISSED for each in examples)
    made = (
        f"{datetime.now(UTC):%Y-%m-%d}, from {len(examples)} sentences of the editors, each left out where it is asked; "
        f"penalty {best.penalty}; of phrasings held back the likeliest is right in {best.right:.1%}, "
        f"expected calibration error {best.gap:.1%}; {missed} not among the candidates"
    )
    write(made, weights)
    print(made)  # noqa: T201 - a command


def _examples(settings: Settings, product: Product) -> Examples:
    published, embedder = product.ready.now(), settings.index_home().model
    if embedder is None:
        raise SystemExit("LOKET_EMBEDDER is `none`: choosing is learnt with an embedder")
    cache = VectorCache(settings.var / "vectors.sqlite")
    vectors = vectors_of(embedder, cache, [sentence for sentence, _ in sentences_of(published.catalogue)])
    return Examples(published, vectors, embedder.model, dutch_places(settings.var))


def fitted_best(examples: Sequence[Example]) -> tuple[Fit, Floats]:
    """The weights under the penalty that does best on phrasings held back, then fitted on all; and how it did there."""
    table = table_of(examples)
    held_back = table.groups % _HELD_BACK == 0
    learnt_from, tried_on = table.only(~held_back), table.only(held_back)
    fits = [judged(tried_on, fitted(learnt_from, penalty), penalty) for penalty in STRENGTHS]
    best = min(fits, key=lambda fit: fit.log_loss)
    return best, fitted(table, best.penalty)


def write(made: str, weights: Floats) -> None:
    """Keep the weights where the product reads them."""
    names = (*FEATURES, *NOTHING)
    told = {
        name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True) if not np.isclose(weight, 0)
    }
    kept = Weights(
        made=made,
        candidate={name: told[name] for name in FEATURES if name in told},
        nothing={name: told[name] for name in NOTHING if name in told},
    )
    text = yaml.safe_dump(kept.model_dump(), sort_keys=False, allow_unicode=True, width=120)
    WEIGHTS.write_text(
        f"# What each sign counts for in the choice of a record. Made by `python -m evaluation.choosing`.\n{text}",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
