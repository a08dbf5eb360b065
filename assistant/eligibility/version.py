"""Which engine gave a verdict: it goes into every receipt, so that an old advice is not blamed on new code."""

ENGINE = "1"
"""
Raise it when the same rules and the same facts may lead to another verdict, or to another state of a rule. Other
wording, other order or more speed needs no new number. A test judges a fixed world and says when to raise it.
"""
