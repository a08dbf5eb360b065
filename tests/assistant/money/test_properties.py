"""What holds of every picture, whoever asks and whatever they told."""

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.money.combining import without_excluded
from assistant.money.finances import Finances
from assistant.money.picture import FLOWS, MoneyLine, MoneyPicture
from knowledge.fact import Fact, FactType, FactValue, Localised
from knowledge.finance import Flow
from knowledge.route import Route

_FEES = ("statutory-collegegeld", "institutional-collegegeld")
_often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _values(fact: Fact) -> st.SearchStrategy[FactValue]:
    if fact.type is FactType.FLAG:
        return st.booleans()
    if fact.type is FactType.NUMBER:
        return st.integers(fact.minimum, fact.maximum)
    if fact.type is FactType.SET:
        return st.frozensets(st.sampled_from(fact.values()), min_size=1)
    if fact.type is FactType.MUNICIPALITY:
        return st.sampled_from(["zoetermeer", "haarlem", "leiden", "Groningen"])
    return st.sampled_from(fact.values()) if fact.options else st.text(min_size=1, max_size=20)


@st.composite
def _told(draw: st.DrawFn, finances: Finances) -> dict[str, FactValue]:
    names = draw(st.lists(st.sampled_from(list(finances.vocabulary)), unique=True))
    return {name: draw(_values(finances.vocabulary[name])) for name in names}


def _pictures(finances: Finances, facts: dict[str, FactValue]) -> list[MoneyPicture]:
    return [finances.picture(route.id, facts) for route in finances.catalogue.all(Route)]


@_often
@given(data=st.data())
def test_totals_are_the_sums_of_their_lines_rounded_half_up_and_in_order(
    finances: Finances, data: st.DataObject
) -> None:
    for picture in _pictures(finances, data.draw(_told(finances))):
        for lines, totals in (
            *((year.lines, year.totals) for year in picture.years),
            (tuple(picture.lines()), picture.whole),
        ):
            for flow in FLOWS:
                own = [line for line in lines if line.flow == flow]
                span = totals.of(flow)
                assert span.low == _rounded(sum((line.in_low for line in own), Decimal(0)))
                assert span.high == _rounded(sum((line.in_high for line in own), Decimal(0)))
                assert span.low <= span.high


@_often
@given(data=st.data())
def test_what_is_open_never_counts_as_certain_and_no_excluded_pair_counts_twice(
    finances: Finances, data: st.DataObject
) -> None:
    excluded = [set(each.between) for each in finances.catalogue.content.combinations if each.allowed == "no"]
    for picture in _pictures(finances, data.draw(_told(finances))):
        for year in picture.years:
            # Of the two fees one is due for certain: the least of them is.
            assert not [
                line for line in year.lines if line.certainty == "open" and line.in_low and line.item not in _FEES
            ]
            for flow in FLOWS:
                for end in ("in_low", "in_high"):
                    counted = {line.record for line in year.lines if line.flow == flow and getattr(line, end)}
                    assert not [pair for pair in excluded if pair <= counted]


@_often
@given(data=st.data())
def test_more_known_facts_never_widen_a_range(finances: Finances, data: st.DataObject) -> None:
    facts = data.draw(_told(finances))
    fewer = {name: value for name, value in facts.items() if data.draw(st.booleans(), label=name)}
    for before, after in zip(_pictures(finances, fewer), _pictures(finances, facts), strict=True):
        for old, new in (
            (before.whole, after.whole),
            *((one.totals, other.totals) for one, other in zip(before.years, after.years, strict=True)),
        ):
            for flow in FLOWS:
                assert old.of(flow).low <= new.of(flow).low, (before.route, flow)
                assert new.of(flow).high <= old.of(flow).high, (before.route, flow)


@_often
@given(data=st.data())
def test_a_line_with_an_amount_names_its_year_and_a_source(finances: Finances, data: st.DataObject) -> None:
    for picture in _pictures(finances, data.draw(_told(finances))):
        for line in picture.lines():
            assert line.sources
            assert (line.low is None) is (line.high is None)
            if line.low is not None and line.high is not None:
                assert line.prices_of
                assert Decimal(0) <= line.low <= line.high
            if line.certainty != "certain":
                assert line.why or line.in_low <= line.in_high


_SCHEMES = ("a", "b", "c", "d")


@st.composite
def _line(draw: st.DrawFn) -> MoneyLine:
    low = Decimal(draw(st.integers(0, 100)))
    high = low + draw(st.integers(0, 100))
    is_certain = draw(st.booleans())
    flow: Flow = draw(st.sampled_from(["receive", "borrow", "school-receives"]))
    return MoneyLine(
        item=draw(st.text(min_size=1, max_size=3)),
        title=Localised(nl="iets", en="something"),
        flow=flow,
        record=draw(st.sampled_from(_SCHEMES)),
        sources=("s",),
        low=low,
        high=high,
        per="jaar",
        prices_of=("2026",),
        certainty="certain" if is_certain else "open",
        in_low=low if is_certain else Decimal(0),
        in_high=high,
    )


@given(
    lines=st.lists(_line(), max_size=7),
    pairs=st.frozensets(st.frozensets(st.sampled_from(_SCHEMES), min_size=2, max_size=2)),
)
def test_whatever_excludes_what_the_best_that_goes_together_is_counted(
    lines: list[MoneyLine], pairs: frozenset[frozenset[str]]
) -> None:
    titles = {scheme: Localised(nl=scheme, en=scheme) for scheme in _SCHEMES}

    counted = without_excluded(lines, pairs, titles)

    assert len(counted) == len(lines)
    for flow in FLOWS:
        own = [line for line in counted if line.flow == flow]
        assert sum((e.in_low for e in own), Decimal(0)) <= sum((e.in_high for e in own), Decimal(0))
        for end in ("in_low", "in_high"):
            schemes = {line.record for line in own if getattr(line, end)}
            assert not [pair for pair in pairs if pair <= schemes]
    for before, after in zip(lines, counted, strict=True):
        assert after.in_low in (0, before.in_low)
        assert after.in_high in (0, before.in_high)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), rounding=ROUND_HALF_UP)
