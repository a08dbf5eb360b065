"""Brands and opening lines of regions: whatever colour is chosen, everybody can read what stands in it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.brand import DARK, LIGHT, Brand, Welcome, contrast, line_key
from knowledge.catalogue import Catalogue
from knowledge.fact import Localised
from knowledge.place import Region

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_counted_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#0b5563", "#0b5563") == 1


@given(COLOURS)
def test_from_any_colour_of_a_button_that_stands_out_the_rest_is_chosen_so_that_it_can_be_read(accent: str) -> None:
    try:
        brand = Brand(accent=accent)
    except ValidationError:
        assert contrast(accent, LIGHT) < 3, "only the button itself may be at fault"
        return
    for name, _, ground, ratio in brand.pairs():
        assert contrast(brand.colours[name], ground) >= ratio
    sheet = brand.stylesheet()
    assert sheet.count("{") == sheet.count("}")
    assert f"--loket-accent:{accent};" in sheet


@pytest.mark.parametrize(
    "colours",
    [
        {"accent": "#ffe000"}, {"accent": "#0b5563", "on_accent": "#0b5563"}, {"accent": "#0b5563", "link": "#cccccc"},
        {"accent": "#0b5563", "link_dark": DARK}, {"accent": "red"}, {"accent": "#0b5563;}body{display:none"},
    ],
)  # fmt: skip
def test_what_cannot_be_read_or_is_no_colour_is_refused(colours: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Brand.model_validate(colours)


@pytest.mark.parametrize(
    "words", ["Het kost € veel", "Bel 070", "<b>Hoi</b>", "[hier](https://x)", "{{ x }}", "a" * 301]
)
def test_an_opening_line_promises_nothing_that_needs_a_source(words: str) -> None:
    with pytest.raises(ValidationError):
        Welcome(lines=(Localised(nl=words, en="Hello"),))


def test_a_campaign_has_its_own_lines_and_everybody_else_the_usual_ones(catalogue_of_content: Catalogue) -> None:
    region = catalogue_of_content.get("haaglanden", Region)
    usual, spring = Localised(nl="Welkom.", en="Welcome."), Localised(nl="Dag lente.", en="Hello spring.")
    data = region.model_dump() | {"welcomes": [{"lines": [usual]}, {"campaign": "lente", "lines": [spring]}]}
    told = Region.model_validate(data)
    assert told.opening_lines("lente") == (spring,)
    assert told.opening_lines("herfst") == (usual,)
    assert told.opening_line(line_key("haaglanden", spring)) == spring
    assert told.opening_line("weg") is None
    assert region.opening_lines("lente") == ()
    with pytest.raises(ValidationError, match="same campaign"):
        Region.model_validate(data | {"welcomes": [{"lines": [usual]}, {"lines": [spring]}]})


def test_each_region_is_delivered_with_the_look_that_the_widget_has_for_it(catalogue_of_content: Catalogue) -> None:
    source = (Path(__file__).parents[2] / "widget" / "brands.js").read_text(encoding="utf-8")
    for region in catalogue_of_content.all(Region):
        assert region.brand
        for name, colour in region.brand.colours.items():
            assert f"{name}: '{colour}'" in source or f"'{name}': '{colour}'" in source, (region.id, name)
