"""What is published as a folder of YAML, and such a folder as a change set."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel

from knowledge.catalogue import Content
from knowledge.index.files import replace_bytes
from knowledge.publishing.item import ItemKey, dumped, group_of, items_of
from knowledge.publishing.yaml_text import item_text
from knowledge.reader import ContentReader, content_files

_FILES: Mapping[str, str] = {
    "records": "toegevoegd/{kind}.yaml",
    "finance_items": "finances/items.yaml",
    "tuition_rules": "finances/tuition.yaml",
    "combinations": "finances/combinations.yaml",
    "school_costs": "finances/school-costs.yaml",
}
"""Where what is new in a group goes; the others go to `<group>/toegevoegd.yaml`."""
_ANCHOR = re.compile(r"(?:^|[\s\[{,])&([A-Za-z0-9_-]+)")
_ALIAS = re.compile(r"(?:^|[\s\[{,])\*([A-Za-z0-9_-]+)")


class FolderProblem(Exception):
    """The folder cannot be written; the message says why and what to do."""


@dataclass(frozen=True)
class Exported:
    """What was written."""

    files: int
    items: int
    rewritten: tuple[str, ...]
    """Files in which items were written anew: comments inside those items are gone, those between items stay."""
    without_comments: tuple[str, ...]
    """Files that were written anew as a whole, since their items share parts: all comments in them are gone."""


@dataclass(frozen=True)
class _Span:
    """One item in a file: its lines from `first` up to and not including `end`."""

    key: ItemKey
    first: int
    end: int


def export(delivered_from: Path, published: Content, to: Path) -> Exported:
    """
    Write what is published as the folder of YAML that would deliver it.

    A file in which nothing changed is copied as it is. The same state always gives the same bytes.

    :param delivered_from: The content folder of the installation.
    :param published: Without what goes live by itself: that is fetched, not edited.
    :param to: A folder that is not there yet, is empty, or holds an earlier export: YAML in it that is not part of this
        one is removed.
    :raises FolderProblem: If it is the folder that the content came from.
    :raises OSError: If it cannot be written.
    """
    if to.resolve() == delivered_from.resolve():
        raise FolderProblem(f"{to} is where the content comes from; export to another folder")
    wanted = dict(items_of(published))
    written, rewritten, bare = dict[str, str](), list[str](), list[str]()
    placed = set[ItemKey]()
    for file in content_files(delivered_from):
        name = file.relative_to(delivered_from).as_posix()
        text = file.read_text(encoding="utf-8")
        spans, items = _spans(delivered_from, file, text)
        changed = {key for key, item in items.items() if wanted.get(key) != item}
        placed |= items.keys()
        if not changed:
            written[name] = text
        elif _shares_parts(text, spans, changed):
            written[name] = _anew(text, spans, wanted)
            bare.append(name)
        else:
            written[name] = _patched(text, spans, changed, wanted)
            rewritten.append(name)
    added: dict[str, list[str]] = defaultdict(list)
    for key in sorted(wanted.keys() - placed):
        kind = getattr(wanted[key], "kind", "")
        file_name = _FILES.get(key.group, f"{key.group}/toegevoegd.yaml").format(kind=kind)
        added[file_name].append(item_text(dumped(wanted[key])))
    for name, texts in added.items():
        before = written.get(name, "")
        written[name] = before + ("" if not before or before.endswith("\n") else "\n") + "".join(texts)
    written = {name: text for name, text in written.items() if text.strip()}
    _write(written, to)
    _check(to, wanted)
    return Exported(len(written), len(wanted), tuple(rewritten), tuple(bare))


def difference(published: Content, read: Content) -> dict[ItemKey, BaseModel | None]:
    """What has to change for the one to say what the other says; None takes away."""
    now, then = dict(items_of(published)), dict(items_of(read))
    changed: dict[ItemKey, BaseModel | None] = {key: item for key, item in then.items() if now.get(key) != item}
    return changed | dict.fromkeys(now.keys() - then.keys())


def _spans(folder: Path, file: Path, text: str) -> tuple[list[_Span], dict[ItemKey, BaseModel]]:
    """Where each item of a file stands."""
    reader = ContentReader(folder)
    read = reader.read_one(file)
    if reader.problems:
        raise FolderProblem(f"the content is not sound, run `loket knowledge validate`: {reader.problems[0]}")
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    lines = text.split("\n")
    nodes = root.value if isinstance(root, yaml.SequenceNode) else []
    starts = [node.start_mark.line for node in nodes] + [len(lines)]
    spans, items = list[_Span](), dict[ItemKey, BaseModel]()
    for at, item in enumerate(read):
        end = starts[at + 1]
        # What stands between two items belongs to neither.
        while end > starts[at] + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        key = ItemKey.of(group_of(item), item)
        spans.append(_Span(key, starts[at], end))
        items[key] = item
    return spans, items


def _patched(text: str, spans: list[_Span], changed: set[ItemKey], wanted: Mapping[ItemKey, BaseModel]) -> str:
    lines, made, at = text.split("\n"), list[str](), 0
    for span in spans:
        if span.key not in changed:
            continue
        made += lines[at : span.first]
        if span.key in wanted:
            made += item_text(dumped(wanted[span.key])).rstrip("\n").split("\n")
        at = span.end
    return "\n".join([*made, *lines[at:]])


def _anew(text: str, spans: list[_Span], wanted: Mapping[ItemKey, BaseModel]) -> str:
    head = "\n".join(text.split("\n")[: spans[0].first])
    items = [item_text(dumped(wanted[span.key])) for span in spans if span.key in wanted]
    return (f"{head}\n" if head else "") + "".join(items)


def _shares_parts(text: str, spans: list[_Span], changed: set[ItemKey]) -> bool:
    """Whether another item uses a part that is written in an item that changes."""
    lines = text.split("\n")
    parts = {span.key: "\n".join(lines[span.first : span.end]) for span in spans}
    named = {name for key in changed for name in _ANCHOR.findall(parts[key])}
    used = {name for key, part in parts.items() if key not in changed for name in _ALIAS.findall(part)}
    return not named.isdisjoint(used)


def _write(written: Mapping[str, str], to: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    for name, text in written.items():
        file = to / name
        if not file.exists() or file.read_bytes() != text.encode():
            file.parent.mkdir(parents=True, exist_ok=True)
            replace_bytes(file, text.encode())
    for file in to.rglob("*.yaml"):
        if file.relative_to(to).as_posix() not in written:
            file.unlink()


def _check(folder: Path, wanted: Mapping[ItemKey, BaseModel]) -> None:
    """Read back what was written: an export that says something else is none."""
    reader = ContentReader(folder)
    read = dict(items_of(reader.read()))
    if reader.problems or read != dict(wanted):
        differing = [str(key) for key in read.keys() | wanted.keys() if read.get(key) != wanted.get(key)]
        raise FolderProblem(f"what was written does not read back as it was: {', '.join(sorted(differing)[:5])}")
