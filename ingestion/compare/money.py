"""Money: the amounts of a record that a source tells otherwise, for a new year, or not any more."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ingestion.compare.amounts import MoneyReader, MoneySaid, amounts_with, is_own
from ingestion.compare.said import Said, SourcePage, SourceSays, is_news, said_on, source_of
from knowledge.catalogue import Catalogue
from knowledge.money import Money
from knowledge.publishing.proposal import Change, Evidence, ProposalKind, Proposed
from knowledge.record import dumped


def amounts_told(
    says: SourceSays, pages: Sequence[SourcePage], catalogue: Catalogue, today: date
) -> Iterator[Proposed]:
    """Other amounts than ours, amounts for a year that we do not have, and ours for a year that has passed."""
    reader = MoneyReader(catalogue)
    elsewhere = reader.held_against(said_on((each for each in says.others if not is_news(each)), "amount"))
    by_record: dict[str, list[MoneySaid]] = defaultdict(list)
    for each in reader.held_against(said_on(pages, "amount")):
        by_record[each.record.id].append(each)
    for stands in by_record.values():
        record = stands[0].record
        agreed = {each.against for each in stands if each.outcome == "agrees"}
        # A page that says both the old and the new is not held against us for the old.
        differing = _once(
            [each for each in stands if each.outcome in ("other", "new_year") and each.against not in agreed]
        )
        undated = _once([each for each in stands if each.outcome == "undated" and each.against not in agreed])
        aged = _once([each for each in stands if each.outcome == "aged"])
        own = any(is_own(each.said, record, catalogue.sources) for each in stands)
        if differing:
            yield _other_amount(record, differing, elsewhere, own)
        elif undated:
            yield _undated_amount(record, undated, elsewhere)
        elif aged and own and not agreed and not _holds(record, today):
            yield _aged_amount(record, aged)


def _other_amount(record: Money, differing: Sequence[MoneySaid], elsewhere: Sequence[MoneySaid], own: bool) -> Proposed:
    """Another amount than ours, or one for a year that we do not have yet."""
    only_new = all(each.outcome == "new_year" for each in differing)
    after = amounts_with(record, differing)
    before = dumped(record).get("amounts")
    first = differing[0]
    publisher = first.said.page.publisher
    about = (
        f"{publisher} noemt een bedrag voor {first.found.year}. Dat jaar hebben wij nog niet."
        if only_new
        else f"{publisher} noemt een ander bedrag dan wij voor {first.against.year}."
    )
    kind: ProposalKind = "changed" if own or only_new else "contradicts"
    return Proposed(
        kind=kind,
        group="records",
        item_id=record.id,
        title=record.title,
        changes=(
            Change(
                field="amounts",
                before=before,
                after=after,
                told_before=first.against.in_words(),
                told_after="; ".join(each.amount(source_of(each.said).id).in_words() for each in differing),
            ),
        ),
        evidence=(*(each.said.evidence() for each in differing), *_otherwise(differing, elsewhere)),
        about=about,
        sources=_sources(each.said for each in differing),
    )


def _undated_amount(record: Money, undated: Sequence[MoneySaid], elsewhere: Sequence[MoneySaid]) -> Proposed:
    """Another amount, without its year: an editor has to find that out, so there is nothing to take over."""
    first = undated[0]
    return Proposed(
        kind="contradicts",
        group="records",
        item_id=record.id,
        title=record.title,
        evidence=(*(each.said.evidence() for each in undated), *_otherwise(undated, elsewhere)),
        about=f"{first.said.page.publisher} noemt een ander bedrag dan wij, zonder jaar. Bij ons: {first.against.in_words()}.",
    )


def _aged_amount(record: Money, aged: Sequence[MoneySaid]) -> Proposed:
    return Proposed(
        kind="ageing",
        group="records",
        item_id=record.id,
        title=record.title,
        evidence=tuple(each.said.evidence() for each in aged),
        about=f"Het bedrag is van {aged[0].against.year}. Dat jaar is voorbij, en de bron noemt nog geen nieuw bedrag.",
    )


def _otherwise(mine: Sequence[MoneySaid], elsewhere: Sequence[MoneySaid]) -> tuple[Evidence, ...]:
    """What other sources say of the same amount and year, if that is something else again."""
    found = []
    for each in elsewhere:
        for one in mine:
            same = each.record.id == one.record.id and each.against == one.against
            if same and each.found.value != one.found.value and each.outcome != "aged":
                found.append(each.said.evidence())
    return tuple(dict.fromkeys(found))[:5]


def _once(stands: Sequence[MoneySaid]) -> list[MoneySaid]:
    """Each amount once, however many pages of the source repeat it: where it is clearest what it is."""
    found: dict[tuple[object, ...], MoneySaid] = {}
    for each in sorted(stands, key=lambda one: one.label != one.against.label):
        found.setdefault((each.found.value, each.found.at_least, each.found.at_most), each)
    return list(found.values())


def _holds(record: Money, today: date) -> bool:
    """Whether any of its amounts is of this year; a school year ends in July."""
    return any(date(int(each.year[-4:]), 7 if "-" in each.year else 12, 31) >= today for each in record.amounts)


def _sources(said: Iterable[Said]) -> tuple[dict[str, object], ...]:
    """Each page once, as a source to be added."""
    found = {(made := source_of(each)).id: made for each in said}
    return tuple(each.model_dump(mode="json", exclude_defaults=True) for each in found.values())
