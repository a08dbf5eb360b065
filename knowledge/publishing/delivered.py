"""Delivered: the content that came with the installation, which editors' versions stand in the place of."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from pydantic import BaseModel

from knowledge.catalogue import Content
from knowledge.publishing.item import ItemKey, Json, dumped, items_of


class Delivered:
    """The content as it is in the installation's folder, with each item as data when asked for."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._dumped: dict[ItemKey, Json] = {}

    @cached_property
    def items(self) -> Mapping[ItemKey, BaseModel]:
        """Every item by its key, in the order in which they stand."""
        return MappingProxyType(dict(items_of(self.content)))

    def content_of(self, key: ItemKey) -> Json | None:
        """One item as data, not to be changed; None if it was not delivered."""
        found = self.items.get(key)
        if found is None:
            return None
        if key not in self._dumped:
            self._dumped[key] = dumped(found)
        return self._dumped[key]
