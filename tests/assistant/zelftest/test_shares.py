"""How often visitors give each answer."""

import pytest

from assistant.eligibility.verdict import Eligibility
from assistant.zelftest.shares import SHARES, weights


def test_every_share_is_about_a_value_that_exists(eligibility: Eligibility) -> None:
    for name, shares in SHARES.items():
        values = eligibility.domains[eligibility.levels[name]].values
        assert set(shares) <= set(values), name
        assert sum(shares.values()) < 1, name


def test_the_weights_of_a_fact_make_one(eligibility: Eligibility) -> None:
    for domain in eligibility.domains:
        assert sum(weights(domain)) == pytest.approx(1)
