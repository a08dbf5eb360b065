"""What of an item visitors are told when it changes, field by field: its values in words."""

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel

from assistant.news.wording import VALUES, Locale, day_in_words
from knowledge.catalogue import Catalogue
from knowledge.fact import Localised
from knowledge.finance import Combination, TuitionRule
from knowledge.money import Cost, Money, Salary, Subsidy
from knowledge.record import Record
from knowledge.route import Route
from knowledge.rule import Rule

Words = tuple[str, ...]


def told_fields(item: BaseModel, catalogue: Catalogue, locale: Locale) -> Mapping[str, Words]:
    """
    The values of an item that are told, by field; what is empty is left out.

    :returns: In the language asked for, as far as the item has words in it: `is_dutch` tells which fields have not.
    """
    found: dict[str, Words] = {}
    if isinstance(item, Record):
        found |= _of_record(item, locale)
    if isinstance(item, Route):
        found |= _of_route(item, catalogue, locale)
    if isinstance(item, Money):
        found |= _of_money(item, locale)
    if isinstance(item, Rule):
        found |= _of_rule(item, locale)
    if isinstance(item, Combination):
        found |= {"says": (item.says.in_locale(locale),)}
    if isinstance(item, TuitionRule):
        found |= {"says": (item.says.in_locale(locale),), "not_judged": (item.not_judged.in_locale(locale),)}
    if isinstance(item, Record | Rule):
        found |= {"valid_from": _day(item.valid_from, locale), "valid_until": _day(item.valid_until, locale)}
    return {name: tuple(filter(None, words)) for name, words in found.items() if any(words)}


def is_dutch(item: BaseModel, field: str) -> bool:
    """Whether a field's words stand in Dutch in English news."""
    if field in ("title", "summary", "body"):
        return not (isinstance(item, Record) and "en" in item.translations)
    if field in ("statement", "otherwise"):
        return not getattr(item, f"{field}_en", "")
    return field in _DUTCH


_DUTCH = frozenset(
    {"conditions", "apply_at", "agreement", "income", "hours_per_week", "qualification", "teaches_in", "starts"}
    | {"support", "dropout", "steps", "next_step"}
)


def _of_record(record: Record, locale: Locale) -> dict[str, Words]:
    words = record.in_locale(locale)
    return {"title": (words.title,), "summary": (words.summary,), "body": (words.body,)}


def _of_route(route: Route, catalogue: Catalogue, locale: Locale) -> dict[str, Words]:
    pays = {True: "yes", False: "no", None: "differs"}[route.pay_while_learning]
    return {
        "duration": (route.duration.in_words(locale),) if route.duration else (),
        "forms": tuple(VALUES[form][locale] for form in route.forms),
        "pay_while_learning": (VALUES[pays][locale],),
        "income": (route.income,),
        "hours_per_week": (route.hours_per_week,),
        "qualification": (route.qualification,),
        "teaches_in": route.teaches_in,
        **{name: (told.text,) for name, told in route.told().items()},
        "steps": tuple(" ".join(filter(None, (f"{each.title}.", each.text, each.duration))) for each in route.steps),
        "next_step": (route.next_step,),
        # What visitors cannot read has no title here: it is a draft, or gone.
        "costs": _titles(catalogue, route.costs, locale),
        "subsidies": _titles(catalogue, route.subsidies, locale),
        "salaries": _titles(catalogue, route.salaries, locale),
    }


def _of_money(record: Money, locale: Locale) -> dict[str, Words]:
    found: dict[str, Words] = {"amounts": tuple(amount.in_words(locale) for amount in record.amounts)}
    if isinstance(record, Cost):
        found |= {"status": (VALUES[record.status][locale],), "paid_by": (VALUES[record.paid_by][locale],)}
    if isinstance(record, Subsidy):
        found |= {
            "status": (VALUES[record.status][locale],),
            "recipient": (VALUES[record.recipient][locale],),
            "conditions": record.conditions,
            "apply_at": (record.apply_at,),
        }
    if isinstance(record, Salary):
        found |= {"agreement": (record.agreement,)}
    return found


def _of_rule(rule: Rule, locale: Locale) -> dict[str, Words]:
    statement, otherwise = rule.statement, rule.otherwise
    if locale == "en":
        statement, otherwise = rule.statement_en or statement, rule.otherwise_en or otherwise
    return {
        "statement": (statement,),
        "otherwise": (otherwise,),
        "condition": (rule.condition.model_dump_json(by_alias=True),),
    }


def _titles(catalogue: Catalogue, ids: tuple[str, ...], locale: Locale) -> Words:
    return tuple(record.in_locale(locale).title for each in ids if (record := catalogue.find(each)) is not None)


def _day(day: date | None, locale: Locale) -> Words:
    return (day_in_words(day, locale),) if day else ()


def name_of(item: BaseModel, catalogue: Catalogue, locale: Locale) -> str:
    """What the item is called: a rule after its route, a combination after its schemes."""
    if isinstance(item, Record):
        return item.in_locale(locale).title
    if isinstance(item, Rule):
        route = catalogue.find(item.route)
        return route.in_locale(locale).title if route else ""
    if isinstance(item, Combination):
        return (" en " if locale == "nl" else " and ").join(_titles(catalogue, item.between, locale))
    return Localised(nl="Collegegeld", en="Tuition fee").in_locale(locale)
