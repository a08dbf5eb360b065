"""Whatever the fact files say is told by a record, or left out for a reason that stands beside it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from assistant.answering.claims import plain_number
from assistant.answering.understand.numbers import number_words
from assistant.answering.understand.text import fold
from knowledge.reader import CONTENT, ContentReader
from knowledge.record import Record

FACTS = Path(__file__).parents[3] / "shared" / "facts"
COVERAGE = Path(__file__).parent / "coverage"
README = COVERAGE / "README.md"
HEADING = "## What is left out\n"
FILES = ("money", "labour-market", "supplement", "routes-po", "routes-vo-mbo", "programmes", "regions")
_FEWEST_WORDS = 4
"""A reason of fewer words explains nothing."""
_DOUBT = re.compile(r"weten wij niet|niet zeker|vonden wij niet|waarschijnlijk|vraag |kennen wij niet", re.IGNORECASE)
"""How a summary says itself that something is not sure."""


class Cover(BaseModel):
    """What became of one fact: the records and rules that tell it, or why none does."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    records: tuple[str, ...] = ()
    """Ids of records (drafts too), terms, municipalities, subjects or fields."""
    rules: tuple[str, ...] = ()
    left_out: str = ""
    """Why nothing tells it."""
    without: str = ""
    """What of it is not told though the rest is, and why."""

    @model_validator(mode="after")
    def _is_told_or_left_out(self) -> "Cover":
        if bool(self.left_out) == bool(self.records or self.rules):
            raise ValueError("give `records` and/or `rules`, or else `left_out`")
        return self

    @property
    def told(self) -> frozenset[str]:
        """Everything in the content that tells the fact."""
        return frozenset((*self.records, *self.rules))


@dataclass(frozen=True)
class Dossier:
    """One fact file and what became of each of its facts."""

    name: str
    facts: Mapping[str, Mapping[str, Any]]
    covers: Mapping[str, Cover]


@dataclass(frozen=True)
class Told:
    """The content by id."""

    records: Mapping[str, Record]
    rules: frozenset[str]
    vocabulary: frozenset[str]
    """Municipalities, subjects, fields of study and facts about visitors."""


def slug(text: object) -> str:
    """The text as part of an id."""
    return re.sub(r"[^a-z0-9]+", "-", str(text).lower()).strip("-")


def entries_of(loaded: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """
    Every fact in a loaded file, under its id.

    What has no id is called after its list and its name, topic or number: `loketten-elsewhere-leraar-in-twente`.
    """
    lists = {"": loaded} if isinstance(loaded, list) else loaded
    for section, entries in lists.items():
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict):
                named = entry.get("name") or entry.get("topic") or entry.get("duo_board_number")
                yield str(entry.get("id") or f"{slug(section)}-{slug(named)}"), entry


@cache
def dossier(name: str) -> Dossier:
    """
    A fact file with its mapping; skips where the fact file is not at hand.

    The fact files are what the content was written from. They are no part of the product.
    """
    source = FACTS / f"{name}.yaml"
    if not source.is_file():
        pytest.skip(f"the fact files are not beside this project: {FACTS}")
    return Dossier(name, dict(entries_of(yaml.safe_load(source.read_text(encoding="utf-8")))), covers_in(name))


def covers_in(name: str) -> dict[str, Cover]:
    """What became of each fact of a file, in the order of its mapping."""
    loaded = yaml.safe_load((COVERAGE / f"{name}.yaml").read_text(encoding="utf-8"))
    return {str(key): Cover.model_validate(cover) for key, cover in loaded.items()}


def numbers_of(given: Any) -> Iterator[Decimal]:
    """Every number in what a fact says, without its sign; none is told as `niets`."""
    if isinstance(given, dict):
        given = list(given.values())
    if isinstance(given, list):
        for each in given:
            yield from numbers_of(each)
    elif isinstance(given, int | float) and not isinstance(given, bool) and given:
        yield abs(Decimal(str(given)))


def numbers_in(text: str) -> Iterator[str]:
    """Every number in a text, spelt ones too."""
    yield from (plain_number(each) for each in re.findall(r"\d+(?:[.,]\d+)*", text))
    yield from (str(number_words()[word]) for word in re.findall("[a-z]+", fold(text)) if word in number_words())


def plain(number: Decimal) -> str:
    """The number as `numbers_in` writes it; 0.18 euro may be told as 18 cents."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


@pytest.fixture(scope="module")
def told() -> Told:
    """Everything in the content, drafts included."""
    content = ContentReader(CONTENT).read()
    others = [field.name for field in fields(content) if field.name not in ("records", "rules", "sources")]
    return Told(
        records={record.id: record for record in content.records},
        rules=frozenset(rule.id for rule in content.rules),
        vocabulary=frozenset(
            str(getattr(item, "id", None) or getattr(item, "name", ""))
            for name in others
            for item in getattr(content, name)
        ),
    )


def superseded(name: str) -> Iterator[tuple[str, str, str]]:
    """Of a fact file: each fact that corrects another one, with the file and the id of that other one."""
    for fact_id, fact in dossier(name).facts.items():
        corrected = fact.get("supersedes") or []
        for reference in [corrected] if isinstance(corrected, str) else corrected:
            file, _, other = reference.partition("#")
            yield fact_id, file.removesuffix(".yaml"), other


def left_out() -> str:
    """A table of what the mappings leave out and why, as it stands in the README beside them."""
    rows = ["| fact | what is left out, and why |", "|---|---|"]
    for name in FILES:
        for fact_id, cover in covers_in(name).items():
            if cover.left_out or cover.without:
                part = "all: " if cover.left_out else "in part: "
                rows.append(f"| `{name}` {fact_id} | {part}{cover.left_out or cover.without} |")
    return "\n".join(rows)


def test_a_mapping_is_there_for_every_fact_file() -> None:
    assert {path.stem for path in COVERAGE.glob("*.yaml")} == set(FILES)
    if not FACTS.is_dir():
        pytest.skip(f"the fact files are not beside this project: {FACTS}")
    assert {path.stem for path in FACTS.glob("*.yaml")} == set(FILES)


def test_the_readme_lists_what_is_left_out_and_why() -> None:
    told = README.read_text(encoding="utf-8").partition(HEADING)[2].strip()

    assert told == left_out(), f"run: python {Path(__file__).name}, in its folder"


@pytest.mark.parametrize("name", FILES)
def test_every_fact_is_told_or_left_out(name: str) -> None:
    found = dossier(name)

    assert sorted(found.facts.keys() - found.covers.keys()) == []


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_mapped_that_is_no_fact(name: str) -> None:
    found = dossier(name)

    assert sorted(found.covers.keys() - found.facts.keys()) == []


@pytest.mark.parametrize("name", FILES)
def test_what_is_said_to_tell_a_fact_is_in_the_content(name: str, told: Told) -> None:
    for fact_id, cover in covers_in(name).items():
        assert set(cover.records) - told.records.keys() - told.vocabulary == set(), fact_id
        assert set(cover.rules) - told.rules == set(), fact_id


@pytest.mark.parametrize("name", FILES)
def test_a_fact_is_left_out_for_a_reason(name: str) -> None:
    for fact_id, cover in covers_in(name).items():
        for reason in filter(None, (cover.left_out, cover.without)):
            assert len(reason.split()) >= _FEWEST_WORDS, fact_id


@pytest.mark.parametrize("name", ["money", "supplement", "labour-market"])
def test_each_number_of_a_fact_stands_in_what_tells_it(name: str, told: Told) -> None:
    found = dossier(name)
    for fact_id, fact in found.facts.items():
        cover = found.covers[fact_id]
        if cover.left_out or cover.without or fact.get("confidence") == "low":
            continue
        texts = [told.records[each].text() for each in cover.records if each in told.records]
        there = {number for text in texts for number in numbers_in(text)}
        given = fact["facts"] if "facts" in fact else fact.get("value")
        missing = {str(number) for number in numbers_of(given) if not {plain(number), plain(number * 100)} & there}
        assert missing == set(), fact_id


@pytest.mark.parametrize("name", FILES)
def test_what_is_hardly_known_is_never_told_as_certain(name: str, told: Told) -> None:
    found = dossier(name)
    for fact_id, cover in found.covers.items():
        if found.facts.get(fact_id, {}).get("confidence") != "low":
            continue
        for record in (told.records[each] for each in cover.records if each in told.records):
            is_draft = record.confidence == "low"
            says_so = record.uncertain or record.conflicts or _DOUBT.search(record.summary)
            assert is_draft or says_so, f"{fact_id} is of low confidence, and {record.id} does not say so"


def test_a_corrected_fact_is_told_as_the_correction_says(told: Told) -> None:
    for fact_id, file, other in superseded("supplement"):
        assert other in dossier(file).facts, f"{fact_id} corrects {file}#{other}, which is not there"
        new, old = dossier("supplement").covers[fact_id], dossier(file).covers[other]
        if new.left_out or old.left_out:
            continue
        pointed_at = {
            target for each in old.records if each in told.records for _, _, target in told.records[each].references()
        }
        assert new.told & (old.told | pointed_at), (
            f"no record tells both {file}#{other} and what corrects it: {fact_id}"
        )


if __name__ == "__main__":
    README.write_text(
        README.read_text(encoding="utf-8").partition(HEADING)[0] + HEADING + "\n" + left_out() + "\n", "utf-8"
    )
