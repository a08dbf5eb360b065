"""Forms made from the models: every item of the content can be opened and saved as it is, and every field has Dutch."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from assistant.editor import notation, wording
from assistant.editor.condition import ConditionForm, explained, filled, read
from assistant.editor.filling import Filler, FormField, mistakes, names_in
from assistant.editor.reading import as_before
from assistant.editor.reading import read as read_form
from assistant.editor.shape import Widget, shapes_of
from knowledge.catalogue import Catalogue
from knowledge.money import Cost
from knowledge.publishing.item import GROUPS, dumped, items_of, parsed
from knowledge.reader import RECORD_TYPES

_MODELS = [*RECORD_TYPES.values(), *(model for group, model in GROUPS.items() if group != "records")]


def sent(fields: tuple[FormField, ...]) -> dict[str, list[str]]:
    """What a browser sends of a form in which nothing was typed."""
    found: dict[str, list[str]] = {}
    for each in fields:
        if each.condition:
            found |= _sent_condition(each.condition)
        elif each.widget in (Widget.CHOICE, Widget.YES_NO):
            found[each.name] = [option.value for option in each.options if option.is_chosen] or [each.options[0].value]
        elif each.widget is Widget.CHOICES:
            found[each.name] = [option.value for option in each.options if option.is_chosen]
        elif each.widget is Widget.REFERENCES:
            found[each.name] = list(each.values)
        elif each.widget is Widget.TICK:
            found |= {each.name: ["ja"]} if each.value else {}
        elif each.widget not in (Widget.FIXED, Widget.GROUP, Widget.ROWS):
            found[each.name] = [each.value]
        found |= sent(each.fields)
        for row in each.rows:
            found |= sent(row.fields)
    return found


def _sent_condition(form: ConditionForm) -> dict[str, list[str]]:
    found = {f"{form.name}.shape": [form.shape]}
    if form.shape == "fact":
        found |= {
            f"{form.name}.fact": [form.fact],
            f"{form.name}.test": [form.test],
            f"{form.name}.values": list(form.values),
        }
    for part in form.parts:
        found |= _sent_condition(part)
    return found


def _fields(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[tuple[str, str]]:
    if model not in seen:
        seen.add(model)
        for shape in shapes_of(model):
            yield model.__name__, shape.name
            if shape.model:
                yield from _fields(shape.model, seen)


def test_every_field_of_every_model_has_a_dutch_label() -> None:
    seen: set[type[BaseModel]] = set()
    for model in _MODELS:
        for name, field in _fields(model, seen):
            assert wording.label_of(name, field)[0]


def test_every_group_and_kind_has_a_list() -> None:
    assert set(wording.SORTS) == set(wording.ONE) == {*RECORD_TYPES, *GROUPS} - {"records"}


def test_an_item_that_is_opened_and_saved_untouched_stays_as_it_is(catalogue_of_content: Catalogue) -> None:
    facts = catalogue_of_content.facts
    groups: dict[str, int] = {}
    for key, item in items_of(catalogue_of_content.content):
        groups[key.group] = groups.get(key.group, 0) + 1
        if key.group in ("phrasings", "municipalities", "sources") and groups[key.group] > 60:
            continue
        data = dumped(item)
        fields = Filler(facts, {}).fields(type(item), data)

        found = read_form(type(item), sent(fields), facts)

        assert found.errors == {}
        assert dumped(parsed(key.group, as_before(type(item), found.data, data))) == data, key


def test_what_a_model_refuses_is_said_in_dutch_at_its_field(catalogue_of_content: Catalogue) -> None:
    data: dict[str, Any] = {
        "id": "Geen Slug",
        "kind": "cost",
        "title": "x",
        "amounts": [{"per": "maand", "year": "straks", "value": "12"}],
    }
    fields = Filler(catalogue_of_content.facts, {}).fields(Cost, data)
    with pytest.raises(ValidationError) as refused:
        parsed("records", data)

    found = mistakes(refused.value, names_in(fields))

    assert {"id", "title", "summary", "sources", "amounts.0.year"} <= set(found)
    assert found["summary"] == "Vul dit in."


def test_a_row_that_is_ticked_away_is_gone_and_an_empty_one_is_not_kept(catalogue_of_content: Catalogue) -> None:
    cost = catalogue_of_content.get("wettelijk-collegegeld", Cost)
    form = sent(Filler(catalogue_of_content.facts, {}).fields(Cost, dumped(cost))) | {"weg": ["amounts.1"]}

    found = read_form(Cost, form, catalogue_of_content.facts).data["amounts"]

    assert len(found) == len(cost.amounts) - 1
    assert [each["year"] for each in found[:2]] == [cost.amounts[0].year, cost.amounts[2].year]


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_is_refused_in_dutch(text: str) -> None:
    try:
        number = notation.number(text)
    except ValueError as error:
        refused = str(error)
        assert refused.startswith("Schrijf een bedrag als getal")
    else:
        assert notation.number(notation.shown_number(number)) == number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("€ 2.694", "2694"),
        ("2.694,50", "2694.50"),
        ("2694", "2694"),
        ("0,5", "0.5"),
        ("1.234.567", "1234567"),
        ("2.601,-", "2601"),
    ],
)
def test_amounts_are_read_as_dutch_people_write_them(typed: str, kept: str) -> None:
    assert notation.number(typed) == kept


@pytest.mark.parametrize("typed", ["12/31/2026", "31/12/2026", "2026-02-30", "morgen", "13-13-2026"])
def test_a_day_that_may_be_american_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="Eerst de dag"):
        notation.day(typed)


def test_a_condition_is_told_in_a_plain_sentence(catalogue_of_content: Catalogue) -> None:
    facts = catalogue_of_content.facts
    condition = {
        "all_of": [
            {"fact": "diploma_level", "at_least": "hbo-bachelor"},
            {"not": {"fact": "works_in_education", "one_of": ["leraar"]}},
            {"fact": "age", "at_least": 21},
        ]
    }

    told = explained(condition, facts)

    assert "is minstens" in told
    assert "niet: " in told
    assert told.endswith("is minstens 21")
    assert read("c", _sent_condition(filled("c", condition)), facts) == condition


def test_a_condition_that_goes_on_forever_is_cut_off(catalogue_of_content: Catalogue) -> None:
    deep: dict[str, Any] = {"fact": "age", "is": 1}
    for _ in range(50):
        deep = {"not": deep}

    form = filled("c", deep)

    assert read("c", _sent_condition(form), catalogue_of_content.facts) != deep
