"""Cases that editors keep as a file of the casebook, out and in again; and a tried conversation as such a case."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import yaml

from knowledge.index.dutch import folded
from knowledge.index.files import replace_bytes
from knowledge.publishing.cases import CaseStore, SavedCase
from knowledge.publishing.item import Json
from knowledge.publishing.yaml_text import item_text
from knowledge.reader import CASES

_WORDS_IN_ID = 6
_LONGEST_ID = 60
_TOPIC = "redactie"
_FILE = f"{_TOPIC}.yaml"


def case_of(
    said: Sequence[str], region: str, expect: Json, source: str, known: Iterable[SavedCase], *, locale: str = "nl"
) -> Json:
    """
    What somebody said and what is right of the last reply, as `evaluation.case.Case` reads it.

    :param said: The messages, in order; at least one.
    :param expect: `status`, `cites_any`, `intent`, `says`.
    :param source: Where the right answer comes from.
    :param known: The cases there are: one of the same words for the same region keeps its id.
    """
    asked: Json = {"question": said[0]} if len(said) == 1 else {"turns": list(said)}
    same = next((each.id for each in known if asked.items() <= each.data.items() and each.data["region"] == region), "")
    return {
        "id": same or _free_id(said[-1], {each.id for each in known}),
        "topic": _TOPIC,
        **asked,
        "region": region,
        "visitor": "zij-instromer",
        "style": "english" if locale == "en" else "plain",
        "expect": expect,
        "source": source,
    }


def said_in(data: Json) -> tuple[str, ...]:
    """What the visitor of a case says, message by message."""
    return tuple(data.get("turns") or (data["question"],))


def export_cases(cases: Sequence[SavedCase], folder: Path) -> int:
    """
    Write the cases beside an export of the content; `loket evaluate --cases` reads that folder.

    :returns: How many there are. Without any there is no file; the same cases always give the same bytes.
    """
    file = folder / CASES / _FILE
    if not cases:
        file.unlink(missing_ok=True)
        return 0
    file.parent.mkdir(parents=True, exist_ok=True)
    entries = sorted((each.data for each in cases), key=lambda each: str(each["id"]))
    texts = (item_text({name: value for name, value in each.items() if name != "topic"}) for each in entries)
    replace_bytes(file, "".join(texts).encode())
    return len(cases)


def import_cases(folder: Path, store: CaseStore, author: str, at: datetime) -> int:
    """
    Keep the cases that an export holds, each under its own id.

    :returns: How many were new or said otherwise.
    :raises ValueError: If the file is no list of cases with an id each.
    """
    file = folder / CASES / _FILE
    if not file.exists():
        return 0
    try:
        entries = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader) or []
    except yaml.YAMLError as error:
        raise ValueError(f"broken YAML: {error}") from error
    if not isinstance(entries, list) or not all(isinstance(each, dict) and each.get("id") for each in entries):
        raise ValueError("a case file is a list of cases, each beginning with `- id:`")
    known = {each.id: {**each.data, "topic": _TOPIC} for each in store.all()}
    changed = [each for each in entries if known.get(str(each["id"])) != {**each, "topic": _TOPIC}]
    for entry in changed:
        store.keep(str(entry["id"]), {**entry, "topic": _TOPIC}, author, at)
    return len(changed)


def _free_id(said: str, taken: set[str]) -> str:
    words = re.findall(r"[a-z0-9]+", folded(said))[:_WORDS_IN_ID]
    base = "-".join([_TOPIC, *words])[:_LONGEST_ID].rstrip("-")
    number = 1
    while (id_ := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return id_
