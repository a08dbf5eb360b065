"""What is wrong in content with changes, in Dutch for the editor, and at which item."""

from dataclasses import dataclass

from knowledge.catalogue import Content
from knowledge.publishing.item import ItemKey, items_of
from knowledge.reader import ContentReader


@dataclass(frozen=True)
class ContentProblem:
    """One thing that keeps content from being published."""

    key: ItemKey
    dutch: str
    english: str
    field: str = ""
    """The field of the item, with dots in between; empty where it is about several."""


def problems_of(content: Content) -> tuple[ContentProblem, ...]:
    """Everything that is wrong between the items of a content: references to what is not there, double names."""
    reader = ContentReader.of((str(key), item) for key, item in items_of(content))
    reader.check()
    found = []
    for problem in reader.problems:
        group, _, id_ = problem.file.partition("/")
        english = f"{problem.what} -> {problem.fix}"
        found.append(ContentProblem(ItemKey(group, id_), problem.dutch, english))
    return tuple(found)
