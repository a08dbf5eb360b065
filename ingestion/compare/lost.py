"""What is lost: records of which the source is gone or away, or of which the time has passed."""

import re
from collections.abc import Iterator
from datetime import date

from ingestion.compare.said import SourceSays, host
from ingestion.source import WatchedSource
from knowledge.catalogue import Catalogue
from knowledge.publishing.proposal import Change, Evidence, Proposed
from knowledge.record import Record, dumped


def gone(says: SourceSays, catalogue: Catalogue, today: date) -> Iterator[Proposed]:
    """Records that lean on a page that is no more. To take such a fact offline is for an editor to decide."""
    dead = {_bare(each.address): each for each in says.dead}
    if not dead:
        return
    lost_sources = {
        each.id: dead[_bare(each.address)]
        for each in catalogue.sources.values()
        if each.address and _bare(each.address) in dead
    }
    for record in catalogue:
        lost = [each for each in record.sources if each in lost_sources]
        if not lost:
            continue
        page = lost_sources[lost[0]]
        alone = len(lost) == len(record.sources)
        yield Proposed(
            kind="gone",
            group="records",
            item_id=record.id,
            title=record.title,
            changes=_taken_offline(record, today) if alone else (),
            evidence=(
                Evidence(
                    words=f"{page.address}: {page.why}",
                    url=page.address,
                    publisher=says.source.owner,
                    seen_on=page.gone_on,
                    confidence="high",
                ),
            ),
            about="De enige bron is er niet meer. Haal het weg, of zoek een andere bron."
            if alone
            else "Een van de bronnen is er niet meer.",
        )


def lost_with(source: WatchedSource, catalogue: Catalogue, since: date, why: str, today: date) -> tuple[Proposed, ...]:
    """
    The records that lean on a site that is away, each to be taken offline if an editor says so.

    :param since: When it was last there.
    """
    sites = {host(each) for each in source.addresses}
    lost = {each.id for each in catalogue.sources.values() if host(each.address or "") in sites}
    return tuple(
        Proposed(
            kind="gone",
            group="records",
            item_id=record.id,
            title=record.title,
            changes=_taken_offline(record, today) if set(record.sources) <= lost else (),
            evidence=(
                Evidence(words=why, url=source.addresses[0], publisher=source.owner, seen_on=today, confidence="high"),
            ),
            about=f"De site van {source.owner} is weg sinds {since:%d-%m-%Y}. Dit steunt erop.",
        )
        for record in catalogue
        if record.sources[0] in lost and record.id != source.organisation
    )


def _taken_offline(record: Record, today: date) -> tuple[Change, ...]:
    before = dumped(record).get("valid_until")
    return (
        Change(
            field="valid_until",
            before=before,
            after=today.isoformat(),
            told_before="" if before is None else str(before),
            told_after=f"niet meer geldig vanaf {today:%d-%m-%Y}",
        ),
    )


def _bare(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/").partition("#")[0]


def over(says: SourceSays, catalogue: Catalogue, today: date) -> Iterator[Proposed]:
    """Records that lean on this site, and of which the end has passed without anybody saying what is there instead."""
    sites = {host(each) for each in says.source.addresses}
    for record in catalogue:
        if record.valid_until is None or record.valid_until > today:
            continue
        source = catalogue.source_of(record)
        if host(source.address or "") in sites:
            yield Proposed(
                kind="ageing",
                group="records",
                item_id=record.id,
                title=record.title,
                evidence=(
                    Evidence(
                        words=f"Geldig tot {record.valid_until:%d-%m-%Y}",
                        url=source.address or "",
                        publisher=source.publisher,
                        seen_on=today,
                        confidence="high",
                    ),
                ),
                about="Dit gold tot een dag die voorbij is. Kijk of er iets nieuws voor is.",
            )
