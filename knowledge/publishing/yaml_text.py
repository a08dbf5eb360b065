"""An item as YAML that reads and diffs well: one field a line, short lists on one line, long text in blocks."""

from typing import Any

import yaml

from knowledge.publishing.item import Json

_WIDTH = 120
_SHORT = 90


class _Dumper(yaml.SafeDumper):
    """With lists indented under their field, as editors write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def _as_text(dumper: _Dumper, text: str) -> yaml.Node:
    # A line that ends in spaces cannot stand in a block.
    is_block = "\n" in text and not any(line != line.rstrip() for line in text.split("\n"))
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if is_block else None)


def _as_list(dumper: _Dumper, items: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=_is_short(items))


def _as_mapping(dumper: _Dumper, fields: Json) -> yaml.Node:
    return dumper.represent_mapping(
        "tag:yaml.org,2002:map", fields, flow_style="id" not in fields and _is_short(fields)
    )


_Dumper.add_representer(str, _as_text)
_Dumper.add_representer(list, _as_list)
_Dumper.add_representer(dict, _as_mapping)


def _is_short(value: Any) -> bool:
    """Whether it fits on a line, and has nothing in it that does not belong there."""
    parts = list(value.values()) if isinstance(value, dict) else list(value)
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return False
    return (
        all(not isinstance(each, str) or "\n" not in each for each in parts)
        and len(str(value)) <= _SHORT
        and all(not isinstance(each, dict | list) or _is_short(each) for each in parts)
    )


def item_text(data: Json) -> str:
    """
    The item as an element of a list, which `yaml.safe_load` reads back as `[data]`.

    :param data: As `knowledge.publishing.item.dumped` gives it.
    """
    return yaml.dump([data], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
