"""Conditions: from a form to data and back, and in a plain Dutch sentence. Nobody writes code for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.fact import Fact, FactType

TESTS: Mapping[str, str] = {
    "one_of": "is een van deze",
    "none_of": "is geen van deze",
    "at_least": "is minstens",
    "at_most": "is hoogstens",
    "is": "is",
}
SHAPES: Mapping[str, str] = {
    "": "(geen voorwaarde)",
    "fact": "één ding dat iemand vertelt",
    "all_of": "alles hieronder (en)",
    "any_of": "minstens een hieronder (of)",
    "not": "juist niet",
}
DEEPEST = 6
_MOST_PARTS = 20
Json = dict[str, Any]


@dataclass(frozen=True)
class ConditionForm:
    """One level of a condition as a form shows it."""

    name: str
    shape: str = ""
    fact: str = ""
    test: str = "one_of"
    values: tuple[str, ...] = ()
    parts: tuple["ConditionForm", ...] = ()


def filled(name: str, data: Any, depth: int = 0) -> ConditionForm:
    """A condition as a form."""
    if not isinstance(data, Mapping) or depth > DEEPEST:
        return ConditionForm(name)
    for shape in ("all_of", "any_of"):
        if shape in data:
            parts = [filled(f"{name}.{at}", each, depth + 1) for at, each in enumerate(data[shape])]
            return ConditionForm(name, shape, parts=(*parts, ConditionForm(f"{name}.{len(parts)}")))
    if "not" in data:
        return ConditionForm(name, "not", parts=(filled(f"{name}.0", data["not"], depth + 1),))
    if "fact" in data:
        test = next((each for each in TESTS if data.get(each) is not None), "one_of")
        value = data.get(test, ())
        values = tuple(map(_word, value if isinstance(value, list | tuple) else [value]))
        return ConditionForm(name, "fact", str(data["fact"]), test, values)
    return ConditionForm(name)


def read(name: str, form: Mapping[str, list[str]], facts: Mapping[str, Fact], depth: int = 0) -> Json | None:
    """The condition that was filled in; None where there is none. What is left empty in a list is left out."""
    shape = _first(form, f"{name}.shape")
    if shape not in SHAPES or not shape or depth > DEEPEST:
        return None
    if shape == "fact":
        return _read_atom(name, form, facts)
    found = [read(f"{name}.{at}", form, facts, depth + 1) for at in range(_MOST_PARTS)]
    parts = [part for part in found if part is not None]
    if shape == "not":
        return {"not": parts[0] if parts else {}}
    return {shape: parts}


def _read_atom(name: str, form: Mapping[str, list[str]], facts: Mapping[str, Fact]) -> Json | None:
    fact, test = _first(form, f"{name}.fact"), _first(form, f"{name}.test") or "one_of"
    if not fact or test not in TESTS:
        return None
    values = [value.strip() for each in form.get(f"{name}.values", ()) for value in each.split("\n") if value.strip()]
    known = facts.get(fact)
    if test in ("one_of", "none_of"):
        return {"fact": fact, test: values}
    return {"fact": fact, test: _typed(values[0], known)} if values else {"fact": fact}


def _typed(value: str, fact: Fact | None) -> str | int | bool:
    if fact and fact.type is FactType.FLAG:
        return value in ("ja", "true")
    if fact and fact.type is FactType.NUMBER and value.lstrip("-").isdigit():
        return int(value)
    return value


def explained(data: Any, facts: Mapping[str, Fact]) -> str:
    """
    A condition in a Dutch sentence part: `hoogste diploma is minstens mbo niveau 4, en werkt in het onderwijs: ja`.

    :returns: Empty where there is no condition.
    """
    if not isinstance(data, Mapping):
        return ""
    if "not" in data:
        inner = explained(data["not"], facts)
        return f"niet: {inner}" if inner else ""
    for shape, joint in (("all_of", ", en "), ("any_of", ", of ")):
        if shape in data:
            parts = [words for each in data[shape] if (words := explained(each, facts))]
            joined = joint.join(
                f"({each})" if joint.strip(", ") != "en" and ", en " in each else each for each in parts
            )
            return joined if len(parts) < 2 or shape == "all_of" else f"een van beide of meer: {joined}"
    fact = facts.get(str(data.get("fact", "")))
    if fact is None:
        return ""
    test = next((each for each in TESTS if data.get(each) is not None), "")
    if not test:
        return f"{_lower(fact.label.nl)} …"
    value = data[test]
    labels = {option.value: option.label.nl for option in fact.options} | {"True": "ja", "False": "nee"}
    values = [str(each) for each in (value if isinstance(value, list | tuple) else [value])]
    told = {"one_of": "is", "none_of": "is niet", "at_least": "is minstens", "at_most": "is hoogstens", "is": "is"}[
        test
    ]
    return f"{_lower(fact.label.nl)} {told} {' of '.join(labels.get(each, each) for each in values)}"


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _word(value: Any) -> str:
    return {True: "ja", False: "nee"}[value] if isinstance(value, bool) else str(value)


def _first(form: Mapping[str, list[str]], name: str) -> str:
    return next(iter(form.get(name, ())), "").strip()
