"""What a page says to machines is read, mended and limited; nothing of it raises."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.structured import StructuredData, structured_data

JOB = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Leerkracht groep 5",
    "description": "<p>Wij zoeken&nbsp;een <b>collega</b>.</p><p>Zij-instromers welkom.</p>",
    "url": "/vacatures/5",
    "hiringOrganization": {"@type": "Organization", "name": "De Duinroos"},
}


def page(*scripts: str, body: str = "") -> str:
    told = "".join(f'<script type="application/ld+json">{each}</script>' for each in scripts)
    return f"<html><head>{told}</head><body>{body}</body></html>"


def test_a_job_is_read_without_its_html_and_with_a_whole_address() -> None:
    data = structured_data(page(json.dumps(JOB)), "https://school.example/werk/")

    [job] = data.things
    assert job.kind == "JobPosting"
    assert job.text("title") == "Leerkracht groep 5"
    assert job.text("description") == "Wij zoeken een collega .\nZij-instromers welkom."
    assert job.text("url") == "https://school.example/vacatures/5"
    assert job.text("hiringOrganization") == "De Duinroos"
    assert data.repairs == ()


def test_things_are_found_in_graphs_lists_and_under_other_spellings_of_their_type() -> None:
    graph = {
        "@graph": [{"@type": "WebSite"}, {"@type": ["Thing", "http://schema.org/EducationEvent"], "name": "Open dag"}]
    }
    entity = {"@type": "WebPage", "mainEntity": {"@type": "FAQPage", "mainEntity": []}}

    data = structured_data(page(json.dumps(graph), json.dumps([entity, {"@type": "schema:Course", "name": "PDG"}])))

    assert [each.kind for each in data.things] == ["Event", "FAQPage", "Course"]


@pytest.mark.parametrize(
    "broken",
    [
        json.dumps(JOB)[:-1] + ",}",
        json.dumps(JOB).replace('"title"', "title"),
        json.dumps(JOB).replace('"', "'"),
        json.dumps(JOB).replace('"Leerkracht groep 5"', '"Leerkracht "groep" 5"'),
        json.dumps(JOB)[:-1],
        "// <![CDATA[\n" + json.dumps(JOB)[:-1] + ",}\n// ]]>",
        json.dumps(JOB).replace('"', "&quot;"),
        json.dumps(JOB).replace(', "url"', ' "url"'),
    ],
)
def test_a_broken_script_is_mended_and_that_is_said(broken: str) -> None:
    data = structured_data(page(broken), "https://school.example/")

    [job] = data.things
    assert job.kind == "JobPosting"
    assert job.text("title").startswith("Leerkracht")
    assert len(data.repairs) == 1
    assert "was mended" in data.repairs[0]


@pytest.mark.parametrize(
    "harmless", [json.dumps(JOB) + ";", "<!--\n" + json.dumps(JOB) + "\n-->", json.dumps(JOB, indent=1)]
)
def test_what_is_wrapped_as_the_web_does_is_no_repair(harmless: str) -> None:
    data = structured_data(page(harmless))

    assert [each.kind for each in data.things] == ["JobPosting"]


def test_a_raw_newline_within_a_text_is_read() -> None:
    data = structured_data(page('{"@type": "Event", "name": "Open\ndag"}'))

    assert data.things[0].text("name") == "Open\ndag"


def test_microdata_is_read_in_the_same_shape() -> None:
    body = """<div itemscope itemtype="https://schema.org/Event"><span itemprop="name">Open dag</span>
    <time itemprop="startDate" datetime="2026-11-03T19:00">3 nov</time>
    <div itemprop="location" itemscope itemtype="https://schema.org/Place"><span itemprop="name">Aula</span></div></div>"""

    [event] = structured_data(page(body=body)).things

    assert (event.kind, event.text("name"), event.text("startDate")) == ("Event", "Open dag", "2026-11-03T19:00")
    assert event.text("location") == "Aula"


def test_a_ring_of_references_in_microdata_ends() -> None:
    body = """<div itemscope itemtype="https://schema.org/Event" id="a" itemref="b"><span itemprop="name">X</span></div>
    <div id="b" itemprop="subEvent" itemscope itemtype="https://schema.org/Event" itemref="a"></div>"""

    assert structured_data(page(body=body)).things[0].text("name") == "X"


def test_an_address_that_would_run_a_script_is_not_repeated() -> None:
    job = JOB | {"url": "javascript:alert(1)", "logo": "data:text/html,x"}

    [thing] = structured_data(page(json.dumps(job)), "https://school.example/").things

    assert thing.properties["url"] == ""
    assert thing.properties["logo"] == ""


def test_what_a_page_says_twice_is_taken_once() -> None:
    assert len(structured_data(page(json.dumps(JOB), json.dumps(JOB))).things) == 1


@pytest.mark.parametrize(
    ("hostile", "said"),
    [
        (page("[" * 50_000), "JSON-LD script 1"),
        (page('{"a":' * 50_000), "JSON-LD script 1"),
        (page('"' + "x" * 500_000 + '"'), "over 400 kB"),
        (page('{"a": "' + "x" * 150_000), "too large to mend"),
        (page("geen json"), "cannot be mended"),
        (page(*["{}"] * 61), "only the first 60"),
    ],
)
def test_data_made_to_break_readers_is_left_out_and_named(hostile: str, said: str) -> None:
    began = time.thread_time()

    data = structured_data(hostile)

    assert data.things == ()
    assert any(said in each for each in data.repairs)
    assert time.thread_time() - began < 5


def test_a_page_of_things_within_things_without_end_says_next_to_nothing_and_at_once() -> None:
    began = time.thread_time()

    things = structured_data("<div itemscope itemtype='https://schema.org/Event'>" * 100_000).things

    assert len(things) <= 1
    assert time.thread_time() - began < 5


def test_no_more_things_are_taken_than_an_editor_can_look_at() -> None:
    many = [{"@type": "Event", "name": f"Dag {number}"} for number in range(600)]

    data = structured_data(page(json.dumps(many)))

    assert len(data.things) == 500
    assert data.repairs == ("only the first 500 of 600 things were taken",)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_whatever_a_script_holds_nothing_raises(script: str) -> None:
    assert isinstance(structured_data(page(script)), StructuredData)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["@type", "name", "url", "mainEntity", "x"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(JSON)
def test_whatever_shape_data_has_nothing_raises(data: object) -> None:
    for thing in structured_data(page(json.dumps({"@type": "JobPosting", "title": data, "extra": data}))).things:
        assert isinstance(thing.text("title"), str)
