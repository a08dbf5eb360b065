"""A running server takes over what another process published, within seconds and in both databases."""

import asyncio
import multiprocessing
from datetime import date
from functools import partial
from pathlib import Path

from assistant.answering.following import Follower
from assistant.answering.published import Publication
from knowledge.index.home import IndexHome
from knowledge.publishing.item import ItemKey
from knowledge.publishing.opening import checked_catalogue, open_editorial
from knowledge.publishing.revisions import Editor
from tests.waiting import until

ANNA = Editor("anna", "Anna", ("haaglanden",))
TERM = ItemKey("records", "bevoegdheid")
WORDS = "Een bevoegdheid is het bewijs dat je les mag geven."


def publish(address: str) -> None:
    """Publish another meaning of a word, as somebody at another server would."""
    editorial = open_editorial(address)
    content = editorial.revisions.published(TERM)
    assert content is not None
    change = editorial.change_sets.begin("Begrip", ANNA).id
    editorial.revisions.save(change, TERM, {**content, "summary": WORDS}, ANNA)
    editorial.publisher.publish(change, ANNA)


def test_what_another_process_publishes_is_served_within_seconds(
    knowledge_address: str, tmp_path: Path, kept_learnt: Path
) -> None:
    (tmp_path / "understanding").symlink_to(kept_learnt)
    publisher = open_editorial(knowledge_address).publisher
    signal = publisher.signal()
    publication = Publication(
        checked_catalogue(publisher), IndexHome(tmp_path, "none"), clock=lambda: date(2026, 12, 1)
    )
    follower = Follower(publication, publisher, partial(checked_catalogue, publisher), signal)

    def is_served() -> bool:
        record = publication.catalogue.find(TERM.id)
        return record is not None and record.summary == WORDS

    async def followed() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(follower.run(stop))
        process = multiprocessing.get_context("spawn").Process(target=publish, args=(knowledge_address,))
        process.start()
        await asyncio.to_thread(process.join)
        assert process.exitcode == 0
        await asyncio.to_thread(until, is_served, "what another process published")
        stop.set()
        await running

    try:
        asyncio.run(followed())
        assert is_served()
    finally:
        publication.close()
