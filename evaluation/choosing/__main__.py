"""`python -m evaluation.choosing`: learn anew how to choose among records, and keep the weights with the code."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import yaml

from assistant.answering.consult.candidates import FEATURES, NOTHING
from assistant.answering.consult.ranking import WEIGHTS, Weights
from assistant.answering.understand.phrasings import sentences_of, told_of
from assistant.settings import Settings
from evaluation.choosing.cases import examples_of_cases
from evaluation.choosing.examples import Example, Examples
from evaluation.choosing.fit import STRENGTHS, Fit, Floats, fitted, judged, judged_crosswise, table_of
from evaluation.product import Product
from knowledge.catalogue import Catalogue
from knowledge.gazetteer import dutch_places
from knowledge.index.cache import VectorCache
from knowledge.index.dense import vectors_of

_HELD_BACK = 5
"""One phrasing in so many is held back to try penalties on."""


def main() -> None:
    """Make the examples, fit, lean on the cases, say how well it went, and write the weights; many minutes."""
    settings = Settings()
    product = Product(settings)
    try:
        examples = list(_examples(settings, product))
        cases = list(examples_of_cases(product.ready.now()))
    finally:
        product.close()
    first, weights = fitted_best(examples)
    best, leaning = leant_on(cases, weights)
    made = (
        f"{datetime.now(UTC):%Y-%m-%d}, from {len(examples)} sentences of the editors, each left out where it is asked "
        f"(penalty {first.penalty}; of phrasings held back the likeliest is right in {first.right:.1%}), then leant on "
        f"{len(cases)} development cases (penalty {best.penalty}; crosswise right in {best.right:.1%}, expected calibration "
        f"error {best.gap:.1%})"
    )
    write(made, leaning)
    print(made)  # noqa: T201 - a command


def _examples(settings: Settings, product: Product) -> Examples:
    published, embedder = product.ready.now(), settings.index_home().model
    if embedder is None:
        raise SystemExit("LOKET_EMBEDDER is `none`: choosing is learnt with an embedder")
    cache = VectorCache(settings.var / "vectors.sqlite")
    vectors = vectors_of(embedder, cache, texts_of(published.catalogue))
    return Examples(published, vectors, embedder.model, dutch_places(settings.var))


def texts_of(catalogue: Catalogue) -> list[str]:
    """What is learnt from: sentences that ask, then what records tell."""
    return [*(sentence for sentence, _ in sentences_of(catalogue)), *(words for _, words in told_of(catalogue))]


def fitted_best(examples: Sequence[Example]) -> tuple[Fit, Floats]:
    """The weights under the penalty that does best on phrasings held back, then fitted on all; and how it did there."""
    table = table_of(examples)
    held_back = table.groups % _HELD_BACK == 0
    learnt_from, tried_on = table.only(~held_back), table.only(held_back)
    fits = [judged(tried_on, fitted(learnt_from, penalty), penalty) for penalty in STRENGTHS]
    best = min(fits, key=lambda fit: fit.log_loss)
    return best, fitted(table, best.penalty)


def leant_on(cases: Sequence[Example], weights: Floats) -> tuple[Fit, Floats]:
    """Weights moved towards cases, as far as that does best crosswise; and how it did there."""
    table = table_of(cases)
    best = min((judged_crosswise(table, penalty, weights) for penalty in STRENGTHS), key=lambda fit: fit.log_loss)
    return best, fitted(table, best.penalty, weights)


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
