"""A receipt says what an advice followed from, and replays to the same advice, whoever it was for."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility.profile import parse_facts
from assistant.eligibility.verdict import Eligibility
from assistant.zelftest.receipt import Receipt, receipt_of
from assistant.zelftest.receipt_id import new_receipt_id, read_receipt_id
from assistant.zelftest.replay import Replayer
from knowledge.catalogue import Catalogue, Content
from knowledge.fact import Fact, FactType
from knowledge.money import Cost
from knowledge.reader import ContentReader, publish
from knowledge.route import Route
from knowledge.rule import Rule

ON = date(2026, 9, 1)
CATALOGUE = publish(ContentReader().read())
DELIVERED = Eligibility(CATALOGUE, ON)
REPLAYER = Replayer({CATALOGUE.version: CATALOGUE}.get)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def answers(fact: Fact) -> st.SearchStrategy[Any]:
    """Every answer to a question, "weet ik niet" and one's own words included."""
    known: st.SearchStrategy[Any] = {
        FactType.CHOICE: st.sampled_from(fact.values() or ("-",)),
        FactType.SET: st.lists(st.sampled_from(fact.values() or ("-",)), min_size=1, unique=True),
        FactType.NUMBER: st.integers(fact.minimum, fact.maximum),
        FactType.FLAG: st.booleans(),
        FactType.SUBJECT: st.sampled_from(sorted(CATALOGUE.subjects)),
        FactType.MUNICIPALITY: st.sampled_from(sorted(CATALOGUE.municipalities)),
        FactType.TEXT: st.sampled_from(["psychologie", "Ik ben Sam"]),
    }[fact.type]
    return st.none() | known


visitors = st.fixed_dictionaries({}, optional={name: answers(fact) for name, fact in CATALOGUE.facts.items()})


def written(told: Mapping[str, Any], region: str | None = "haaglanden") -> Receipt:
    return receipt_of(DELIVERED, parse_facts(told, CATALOGUE.facts), region)


@given(visitors)
@settings(max_examples=100, deadline=None)
def test_whoever_it_was_for_a_receipt_replays_to_the_same_advice(told: dict[str, Any]) -> None:
    receipt = Receipt.model_validate_json(written(told).model_dump_json())

    replayed = REPLAYER.replay(receipt)

    assert (replayed.state, replayed.routes) == ("same", ())
    assert REPLAYER.since(receipt, DELIVERED).is_same


@given(visitors, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_who_tells_the_same_in_another_order_has_the_same_receipt(told: dict[str, Any], random: Any) -> None:
    shuffled = list(told.items())
    random.shuffle(shuffled)

    one, other = written(told), written(dict(shuffled))

    assert one.canonical() == other.canonical()
    assert one.digest == other.digest


@given(visitors)
@settings(max_examples=50, deadline=None)
def test_a_receipt_holds_no_place_and_no_own_words(told: dict[str, Any]) -> None:
    receipt = written(told)

    assert not {"municipality", "motive", "diploma_field"} & {*receipt.facts, *receipt.asked}
    assert b"Sam" not in receipt.canonical()


def test_the_verdicts_are_those_that_the_visitor_was_told() -> None:
    told = {"sector": ["po"], "diploma_level": "hbo-bachelor"}
    receipt = written(told)
    shown = DELIVERED.verdicts(parse_facts(told, CATALOGUE.facts).facts())

    assert {each.route: each.verdict for each in receipt.routes} == {each.route.id: each.verdict for each in shown}
    for each in shown:
        [kept] = [route for route in receipt.routes if route.route == each.route.id]
        assert kept.states() == {rule.rule.id: rule.state for rule in each.rules}
    assert receipt.asked == ("sector", "diploma_level")


# Another catalogue


def _content(*rules: Rule, routes: tuple[Route, ...] = ()) -> Content:
    delivered = CATALOGUE.content
    made = routes or tuple(_route(id_) for id_ in dict.fromkeys(each.route for each in rules))
    return Content(records=made, rules=rules, facts=delivered.facts, subjects=delivered.subjects)


def _route(id_: str) -> Route:
    every = ["leraar", "vakleerkracht", "onderwijsassistent", "leraarondersteuner", "instructeur", "gastdocent"]
    return Route.model_validate(
        {"id": id_, "title": id_, "summary": "Een route in een zin.", "roles": [*every, "schoolleider"]}
        | {"sources": ["een-bron"], "next_step": "Bel het loket."}
    )


@pytest.fixture
def before(rule: Callable[..., Rule]) -> Catalogue:
    """One route, open to whoever is 21 or older."""
    return publish(_content(rule({"fact": "age", "at_least": 21}, id="leeftijd")))


def test_a_rule_that_became_stricter_is_named_with_both_verdicts(before: Catalogue, rule: Callable[..., Rule]) -> None:
    receipt = receipt_of(Eligibility(before, ON), parse_facts({"age": 25}, before.facts))
    now = publish(_content(rule({"fact": "age", "at_least": 30}, id="leeftijd")))

    since = Replayer({before.version: before}.get).since(receipt, Eligibility(now, date(2027, 9, 1)))

    [route] = since.routes
    assert (route.then, route.now) == ("fits", "does_not_fit")
    assert [(each.rule, each.what, each.then, each.now) for each in route.rules] == [
        ("leeftijd", "changed", "met", "unmet")
    ]
    assert since.knows_amounts


def test_a_new_rule_and_one_that_is_gone_are_named(before: Catalogue, rule: Callable[..., Rule]) -> None:
    receipt = receipt_of(Eligibility(before, ON), parse_facts({"age": 25}, before.facts))
    now = publish(_content(rule({"fact": "needs_income", "is": False}, id="inkomen")))

    since = Replayer({before.version: before}.get).since(receipt, Eligibility(now, ON))

    assert [(each.rule, each.what) for each in since.routes[0].rules] == [("inkomen", "new"), ("leeftijd", "gone")]


def test_better_words_about_the_source_are_no_change(before: Catalogue) -> None:
    receipt = receipt_of(Eligibility(before, ON), parse_facts({"age": 25}, before.facts))
    mended = (before.rules[0].model_copy(update={"sources": ("een-betere-bron",), "confidence": "high"}),)
    now = publish(replace(before.content, rules=mended))

    assert now.version != before.version
    assert Replayer({before.version: before}.get).since(receipt, Eligibility(now, ON)).is_same


def test_an_amount_of_another_year_is_named_then_and_now() -> None:
    receipt = written({"sector": ["po"], "diploma_level": "hbo-bachelor"})
    named = {cost for route in DELIVERED.routes for cost in route.costs}
    record = next(each for each in CATALOGUE.all(Cost) if each.id in named and len(each.amounts) > 1)
    lower = record.model_copy(update={"amounts": record.amounts[1:]})
    records = tuple(lower if each is record else each for each in CATALOGUE)
    now = publish(replace(CATALOGUE.content, records=records))

    since = REPLAYER.since(receipt, Eligibility(now, ON))

    changed = [amount for route in since.routes for amount in route.amounts]
    assert {each.record for each in changed} == {record.id}
    assert all(set(each.now) < set(each.then) for each in changed)
    assert not any(route.is_another_verdict for route in since.routes)


def test_a_receipt_of_a_retired_catalogue_still_compares_its_verdicts_with_today(
    before: Catalogue, rule: Callable[..., Rule]
) -> None:
    receipt = receipt_of(Eligibility(before, ON), parse_facts({"age": 25}, before.facts))
    now = publish(_content(rule({"fact": "age", "at_least": 30}, id="leeftijd")))
    replayer = Replayer({}.get)

    assert replayer.replay(receipt).state == "retired"
    since = replayer.since(receipt, Eligibility(now, ON))
    assert not since.knows_amounts
    assert [(each.route, each.then, each.now) for each in since.routes] == [("een-route", "fits", "does_not_fit")]
    assert since.routes[0].rules[0].what == "judged_otherwise"


def test_a_catalogue_that_is_put_back_is_found_again(before: Catalogue) -> None:
    receipt = receipt_of(Eligibility(before, ON), parse_facts({"age": 25}, before.facts))
    kept: dict[str, Catalogue] = {}
    replayer = Replayer(kept.get)
    assert replayer.replay(receipt).state == "retired"

    kept[before.version] = before

    assert replayer.replay(receipt).state == "same"


def test_an_engine_that_judges_otherwise_is_found_out(before: Catalogue) -> None:
    receipt = receipt_of(Eligibility(before, ON), parse_facts({"age": 25}, before.facts))
    [route] = receipt.routes
    other = receipt.model_copy(update={"engine": "0", "routes": (route.model_copy(update={"verdict": "possible"}),)})

    replayed = Replayer({before.version: before}.get).replay(other)

    assert replayed.state == "differs"
    assert (replayed.engine_then, replayed.routes[0].then, replayed.routes[0].now) == ("0", "possible", "fits")


def test_a_fact_that_is_not_asked_any_more_is_named_and_left_out(before: Catalogue) -> None:
    receipt = receipt_of(Eligibility(before, ON), parse_facts({"age": 25, "start": "later"}, before.facts))
    facts = tuple(fact for fact in before.content.facts if fact.name != "start")
    now = publish(replace(before.content, facts=facts))

    since = Replayer({before.version: before}.get).since(receipt, Eligibility(now, ON))

    assert since.forgotten == ("start",)
    assert not since.is_same


# The number


def test_numbers_are_read_back_and_differ() -> None:
    numbers = {new_receipt_id() for _ in range(500)}

    assert len(numbers) == 500
    assert all(read_receipt_id(number) == number for number in numbers)


@given(st.text(ALPHABET, min_size=11, max_size=11), st.integers(0, 11), st.sampled_from(ALPHABET))
def test_one_sign_mistyped_is_noticed(drawn: str, at: int, sign: str) -> None:
    number = next(made for each in ALPHABET if (made := read_receipt_id(drawn + each)))
    plain = number.replace("-", "")

    mistyped = plain[:at] + sign + plain[at + 1 :]

    assert read_receipt_id(mistyped) == (number if mistyped == plain else None)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_number_or_nothing(typed: str) -> None:
    found = read_receipt_id(typed)

    assert found is None or read_receipt_id(found) == found


def test_signs_that_look_or_sound_alike_are_taken_for_the_one_we_use() -> None:
    number = next(made for each in ALPHABET if (made := read_receipt_id("0O1IL10abcd" + each)))

    assert number.startswith("0011-110A-BCD")
