"""What a visitor sees of a page is read, and what is hidden from visitors is not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.convert import Refused, text_of
from ingestion.html import footer_text, prepared


def read(body: str) -> str:
    """The text of a page with that body, as Markdown."""
    return text_of(f"<html><body><main>{body}</main></body></html>".encode(), ".html")[1]


SEEN = "<p>Elke dinsdag is er spreekuur in de bibliotheek van Katwijk, van vier tot zes uur.</p>"


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">GEHEIM</div>',
        '<div style="Display : None;">GEHEIM</div>',
        '<p style="visibility:hidden">GEHEIM</p>',
        '<p style="opacity:0">GEHEIM</p>',
        '<p style="font-size:0">GEHEIM</p>',
        '<p style="position:absolute;left:-9999px">GEHEIM</p>',
        '<p style="text-indent:-5000px">GEHEIM</p>',
        '<p style="color:#fff;background:#FFF">GEHEIM</p>',
        '<p style="color: white; background-color: white">GEHEIM</p>',
        '<p style="height:1px;overflow:hidden">GEHEIM</p>',
        "<p hidden>GEHEIM</p>",
        '<p aria-hidden="true">GEHEIM</p>',
        "<!-- GEHEIM -->",
        "<noscript>GEHEIM</noscript>",
        "<template><p>GEHEIM</p></template>",
        "<script>GEHEIM</script>",
        '<nav><a href="/">GEHEIM</a></nav>',
        '<div class="sr-only">GEHEIM</div>',
        '<div class="cookie-banner">GEHEIM</div>',
    ],
)
def test_given_words_that_nobody_sees_when_read_then_they_are_left_out(hidden: str) -> None:
    text = read(f"{SEEN}{hidden}<p>Je bent ook welkom zonder afspraak, neem dan je diploma mee.</p>")
    assert "GEHEIM" not in text
    assert "spreekuur" in text
    assert "zonder afspraak" in text


@pytest.mark.parametrize(
    "seen",
    [
        '<p style="opacity:0.9">Loket</p>',
        '<p style="font-size:0.9em">Loket</p>',
        '<p style="color:#000;background:#fff">Loket</p>',
        '<p style="margin-left:-10px">Loket</p>',
        '<p style="height:100px">Loket</p>',
    ],
)
def test_given_words_that_are_styled_when_read_then_they_stay(seen: str) -> None:
    assert "Loket" in prepared(f"<body><main>{SEEN}{seen}</main></body>")


@pytest.mark.parametrize(
    "accordion",
    [
        "<details><summary>Wie betaalt?</summary><p>De school betaalt de opleiding van een zij-instromer.</p></details>",
        '<h3><button aria-controls="p1">Wie betaalt?</button></h3><div id="p1" hidden><p>De school betaalt de opleiding van een zij-instromer.</p></div>',
        '<button aria-controls="p1">Wie betaalt?</button><div id="p1" style="display:none"><p>De school betaalt de opleiding van een zij-instromer.</p></div>',
        '<a data-bs-target="#p1">Wie betaalt?</a><div id="p1" class="collapse" style="display: none"><p>De school betaalt de opleiding van een zij-instromer.</p></div>',
        '<h3>Wie betaalt?</h3><div class="accordion__panel" style="display:none"><p>De school betaalt de opleiding van een zij-instromer.</p></div>',
    ],
)
def test_given_an_accordion_when_read_then_each_answer_stands_under_its_question(accordion: str) -> None:
    text = read(f"<h1>Kosten</h1>{SEEN}{accordion}")
    assert "### Wie betaalt?\n\nDe school betaalt" in text


def test_given_tables_and_terms_when_read_then_rows_and_pairs_stay_together() -> None:
    text = read(
        f"<h1>Kosten</h1>{SEEN}<table><caption>Per route</caption><tr><th>Route</th><th>Kosten</th></tr>"
        "<tr><td>Pabo</td><td>€ 2.601,-</td></tr></table><dl><dt>Boeken</dt><dd>€ 500 per jaar</dd></dl>"
    )
    assert "| Pabo | € 2.601,- |" in text
    assert text.index("Per route") < text.index("| Route")
    assert "Boeken: € 500 per jaar" in text


def test_given_a_footer_when_asked_then_contact_data_are_told_and_other_footers_are_not() -> None:
    contact = "<footer><nav>Menu</nav><address>Strandweg 1<br>2225 AA Katwijk</address><p hidden>GEHEIM</p><p>© Loket</p></footer>"
    assert footer_text(f"<body>{SEEN}{contact}</body>") == "Strandweg 1\n2225 AA Katwijk"
    assert footer_text(f"<body>{SEEN}<footer><p>Volg ons op alle kanalen</p></footer></body>") == ""


def test_given_elements_without_end_when_read_then_it_is_refused_at_once() -> None:
    with pytest.raises(Refused):
        read("<div>" * 100_000 + "x")


@given(st.text(alphabet="<>/=\"' abdivptrhsn!-&;#\x00é", max_size=200))
def test_given_any_markup_when_read_then_it_is_text_or_refused(markup: str) -> None:
    try:
        title, text = text_of(markup.encode(), ".html")
    except Refused:
        return
    assert text.strip()
    assert "\x00" not in title + text
    assert not re.search(r"<(?:div|p)[ >]", text)
