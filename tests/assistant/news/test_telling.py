"""What is told of a change: old and new in words, in two languages, and never more than visitors may read."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from assistant.news.board import day_of, wanted
from assistant.news.change import Change
from assistant.news.feed import atom
from assistant.news.fields import told_fields
from assistant.news.lines import in_lines
from assistant.news.telling import numbers_not_in, told_change, told_changes
from assistant.news.wording import FIELDS, Locale
from knowledge.catalogue import Catalogue
from knowledge.money import Cost, Money, Subsidy
from knowledge.publishing.history import ItemChange
from knowledge.publishing.item import ItemKey, group_of, items_of
from knowledge.route import Route
from knowledge.rule import Rule

AT = datetime(2026, 12, 3, 23, 30, tzinfo=UTC)


def changed(before: BaseModel | None, after: BaseModel | None, **more: Any) -> ItemChange:
    item = after or before
    assert item is not None
    return ItemChange("p1", AT, ItemKey.of(group_of(item), item), before, after, **more)


@pytest.fixture
def fee(catalogue_of_content: Catalogue) -> Cost:
    return catalogue_of_content.get("wettelijk-collegegeld", Cost)


def raised(fee: Cost, value: str = "2999") -> Cost:
    first, *rest = fee.amounts
    return fee.model_copy(update={"amounts": (first.model_copy(update={"value": Decimal(value)}), *rest)})


def told(catalogue: Catalogue, change: ItemChange, locale: Locale = "nl") -> Change:
    found = told_change(change, catalogue, locale)
    assert found is not None
    return found


def test_a_raised_fee_is_told_with_old_new_year_and_source(catalogue_of_content: Catalogue, fee: Cost) -> None:
    change = told(catalogue_of_content, changed(fee, raised(fee)))

    [line] = change.lines
    assert line.label == "Bedrag"
    assert line.was == (fee.amounts[0].in_words(),)
    assert len(line.now) == 1
    assert "€ 2.999 per studiejaar (" in line.now[0]
    assert change.references[0].title == catalogue_of_content.sources[fee.sources[0]].title
    assert "pabo-voltijd" in change.routes
    assert change.topic == "money"


def test_in_english_sums_are_english_and_dutch_words_are_marked(catalogue_of_content: Catalogue, fee: Cost) -> None:
    change = told(catalogue_of_content, changed(fee, raised(fee)), "en")
    route = catalogue_of_content.get("pabo-voltijd", Route)
    other = told(
        catalogue_of_content, changed(route, route.model_copy(update={"next_step": "Kom naar de open dag."})), "en"
    )

    assert "€ 2,999 per study year" in change.lines[0].now[0]
    assert not change.lines[0].is_dutch
    assert other.lines[0].is_dutch


def test_what_is_not_translated_yet_is_told_in_dutch(catalogue_of_content: Catalogue) -> None:
    rule = next(each for each in catalogue_of_content.rules if each.kind == "requirement" and each.statement_en)

    change = told(catalogue_of_content, changed(rule, rule.model_copy(update={"statement": "Dit is nu anders."})), "en")

    assert [(line.label, line.now, line.is_dutch) for line in change.lines] == [
        ("The rule", ("Dit is nu anders.",), True)
    ]


def test_a_short_change_reads_as_one_sentence(catalogue_of_content: Catalogue) -> None:
    grant = next(each for each in catalogue_of_content.all(Subsidy) if each.status == "open")

    change = told(catalogue_of_content, changed(grant, grant.model_copy(update={"status": "ended"})))

    assert change.sentence == f"{grant.title}. Eerst: Loopt. Nu: Gestopt."


def test_what_visitors_do_not_see_is_no_news(catalogue_of_content: Catalogue, fee: Cost) -> None:
    other = fee.model_copy(update={"also_called": ("schoolgeld",), "review_by": date(2027, 1, 1), "sources": ("duo",)})

    assert told_change(changed(fee, other), catalogue_of_content, "nl") is None


def test_what_orders_routes_is_no_news(catalogue_of_content: Catalogue) -> None:
    preference = next(each for each in catalogue_of_content.rules if each.kind == "preference")
    other = preference.model_copy(update={"statement": "Wij vinden deze route leuker dan die andere route."})

    assert told_change(changed(preference, other), catalogue_of_content, "nl") is None


def test_a_draft_that_a_route_names_has_no_name(catalogue_of_content: Catalogue) -> None:
    route = catalogue_of_content.get("pabo-voltijd", Route)
    other = route.model_copy(update={"costs": (*route.costs, "een-geheim-concept")})

    assert told_change(changed(route, other), catalogue_of_content, "nl") is None


def test_a_rule_of_a_route_that_visitors_cannot_read_is_not_told(catalogue_of_content: Catalogue) -> None:
    rule = next(each for each in catalogue_of_content.rules if each.kind == "requirement")
    hidden = rule.model_copy(update={"route": "een-geheim-concept"})

    assert told_change(changed(None, hidden), catalogue_of_content, "nl") is None


def test_a_condition_is_told_in_words_and_never_as_data(catalogue_of_content: Catalogue) -> None:
    one, other = [each for each in catalogue_of_content.rules if each.kind == "requirement"][:2]

    change = told(catalogue_of_content, changed(one, one.model_copy(update={"condition": other.condition})))

    assert [line.label for line in change.lines] == ["Voor wie de regel geldt"]
    assert "{" not in "".join(in_lines(change, "nl"))


def test_what_is_new_and_what_is_gone_are_told(catalogue_of_content: Catalogue, fee: Cost) -> None:
    new = told(catalogue_of_content, changed(None, fee))
    gone = told(catalogue_of_content, changed(fee, None))

    assert new.sentence == f"Nieuw: {fee.title}."
    assert gone.sentence == f"{fee.title} staat niet meer op deze site."
    assert (gone.lines, gone.record) == ((), "")


def test_a_sentence_of_an_editor_is_told_if_the_change_says_its_numbers(
    catalogue_of_content: Catalogue, fee: Cost
) -> None:
    def sentence(words: str) -> str:
        return told_changes([changed(fee, raised(fee), told=words)], catalogue_of_content, "nl")[0].told

    assert sentence("Het collegegeld gaat omhoog naar € 2.999.") == "Het collegegeld gaat omhoog naar € 2.999."
    assert sentence("Het collegegeld gaat omhoog naar 2999,00 euro.") != ""
    assert sentence("Het collegegeld gaat omhoog naar € 3.999.") == ""


def test_numbers_that_a_change_does_not_say_are_named(catalogue_of_content: Catalogue, fee: Cost) -> None:
    change = told(catalogue_of_content, changed(fee, raised(fee)))

    assert numbers_not_in("Van € 2.999 naar € 12,50 in 2031.", [change]) == ("12,50", "2031")


@given(st.text(max_size=60))
def test_any_sentence_can_be_checked(text: str) -> None:
    assert set(numbers_not_in(text, [])) <= {*text.split(), *numbers_not_in(text, [])}


def test_every_item_of_the_content_can_be_told_as_new_in_both_languages(catalogue_of_content: Catalogue) -> None:
    newsworthy = [
        item
        for key, item in items_of(catalogue_of_content.content)
        if key.group in ("rules", "combinations", "tuition_rules") or isinstance(item, Route | Money)
    ]

    for item in newsworthy:
        assert set(told_fields(item, catalogue_of_content, "nl")) <= {*FIELDS}
        for locale in ("nl", "en"):
            change = told_change(changed(None, item), catalogue_of_content, locale)
            is_preference = isinstance(item, Rule) and item.kind == "preference"
            assert (change is None) == is_preference
            if change is not None:
                assert change.lines
                assert change.references or not isinstance(item, Rule | Money)


def test_the_filters(catalogue_of_content: Catalogue, fee: Cost) -> None:
    local = next(each for each in catalogue_of_content.all(Subsidy) if each.regions)
    route = catalogue_of_content.get("pabo-voltijd", Route)
    changes = [
        told(catalogue_of_content, each)
        for each in (changed(fee, raised(fee)), changed(None, local), changed(None, route))
    ]

    assert [each.title for each in wanted(changes, "route")] == [route.title]
    assert local.title in [each.title for each in wanted(changes, region=local.regions[0])]
    assert local.title not in [each.title for each in wanted(changes, region="nergens")]
    assert {each.title for each in wanted(changes, route="pabo-voltijd")} >= {fee.title, route.title}


def made_feed(changes: Sequence[Change]) -> bytes:
    page = "https://gids.example.org/veranderd"
    return atom(changes, "nl", page, f"{page}/feed", lambda each: f"{page}#{each.id}", AT)


def test_the_feed_is_read_by_a_feed_reader(catalogue_of_content: Catalogue, fee: Cost) -> None:
    title = "Kosten & <b>zo</b>\x08"
    change = told(catalogue_of_content, changed(fee, raised(fee).model_copy(update={"title": title})))

    read = feedparser.parse(made_feed([change, told(catalogue_of_content, changed(None, fee))]))

    assert not read.bozo
    assert read.entries[0].id == f"tag:gids.example.org,2026:nl:{change.id}"
    assert "Kosten & <b>zo</b>" in html_unescaped(read.entries[0].title)
    assert "€ 2.999" in read.entries[0].summary
    assert read.feed.language == "nl"


def html_unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_an_empty_feed_is_a_feed() -> None:
    read = feedparser.parse(made_feed([]))

    assert not read.bozo
    assert read.entries == []


def test_a_day_is_the_day_in_the_netherlands() -> None:
    assert day_of(AT) == date(2026, 12, 4)
