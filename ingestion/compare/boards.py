"""Lists of schools beside what we know of their boards: how many locations a board has where."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ingestion.compare.said import Said, SourcePage, said_on
from ingestion.extract.finding import SchoolFound
from knowledge.catalogue import Catalogue
from knowledge.numeral import folded
from knowledge.place import Institution
from knowledge.publishing.proposal import Change, Proposed
from knowledge.record import dumped

_SHOWN = 5


def boards(pages: Sequence[SourcePage], catalogue: Catalogue) -> Iterator[Proposed]:
    """
    A board whose primary schools in our municipalities are others than we have, by its number at DUO.

    Boards that a list does not name stay as they are: a list may be of one region alone.
    """
    ours = {folded(each.name): each.id for each in catalogue.municipalities.values()}
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    said: dict[str, list[Said]] = defaultdict(list)
    for each in said_on(pages, "school"):
        school = each.finding.value
        if isinstance(school, SchoolFound) and school.board_number and school.sector in (None, "po"):
            if town := ours.get(folded(school.municipality)):
                counted[school.board_number][town] += 1
            said[school.board_number].append(each)
    for board in catalogue.all(Institution):
        found = counted.get(board.duo_number) if board.duo_number else None
        if not found or dict(found) == board.primary_locations:
            continue
        yield Proposed(
            kind="changed",
            group="records",
            item_id=board.id,
            title=board.title,
            changes=(
                Change(
                    field="primary_locations",
                    before=dumped(board).get("primary_locations"),
                    after=dict(found.most_common()),
                    told_before=_told(Counter(board.primary_locations)),
                    told_after=_told(found),
                ),
            ),
            evidence=tuple(each.evidence() for each in said[board.duo_number][:_SHOWN]),
            about="Het bestuur heeft volgens deze lijst andere aantallen basisscholen dan bij ons staat.",
        )


def _told(counted: Counter[str]) -> str:
    return ", ".join(f"{town} {number}" for town, number in counted.most_common())
