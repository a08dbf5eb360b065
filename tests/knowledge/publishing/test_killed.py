"""A publication that is killed half-way is there as a whole or not at all, and the next one goes on from there."""

import multiprocessing
import random
import time
from collections.abc import Callable
from multiprocessing.synchronize import Event as EventType

from knowledge.publishing.item import ItemKey
from tests.knowledge.publishing.conftest import ANNA, Desk
from tests.waiting import PATIENCE_SECONDS

TERM, OTHER = ItemKey("records", "bevoegdheid"), ItemKey("records", "onbevoegd")
_TIMES = 25


def keep_publishing(open_desk: Callable[[], Desk], started: int, begun: EventType) -> None:
    """Change two terms together, again and again, until somebody kills it."""
    desk = open_desk()
    for turn in range(1000):
        words = f"Dit staat er sinds start {started}, keer {turn}, in allebei."
        change = desk.change(TERM, summary=words)
        desk.change(OTHER, change_set=change, summary=words)
        begun.set()
        desk.publisher.publish(change, ANNA)
        if turn % 5 == 4:
            desk.publisher.back(max(0, desk.publisher.number() - 2), ANNA)


def test_whenever_it_is_killed_the_catalogue_is_whole(open_desk: Callable[[], Desk]) -> None:
    draw, numbers = random.Random(7), [0]  # noqa: S311 - a moment, not a secret
    desk, words, since = open_desk(), "Dit staat er om te meten hoe lang publiceren duurt.", time.monotonic()
    desk.publisher.publish(desk.change(OTHER, change_set=desk.change(TERM, summary=words), summary=words), ANNA)
    # On a busy machine publishing takes longer, and so does what is killed.
    longest = 3 * (time.monotonic() - since)
    for started in range(_TIMES):
        context = multiprocessing.get_context("fork")
        begun = context.Event()
        process = context.Process(target=keep_publishing, args=(open_desk, started, begun))
        process.start()
        assert begun.wait(PATIENCE_SECONDS)
        time.sleep(draw.uniform(0.0, longest))
        process.kill()
        process.join()

        desk = open_desk()
        newest = desk.publisher.publications(1)
        catalogue = desk.publisher.catalogue()
        summaries = {catalogue.get(key.id, type(catalogue.find(key.id))).summary for key in (TERM, OTHER)}  # type: ignore[arg-type]
        if newest:
            assert catalogue.version == newest[0].catalogue, "what is served is what the newest publication made"
            assert newest[0].items, "a publication without what changed with it"
            assert len(summaries) == 1 or newest[0].back_to == 0, "half of a change set"
        published = [each for each, _ in desk.change_sets.list(("published",), limit=500)]
        told = {each.change_set_id for each in desk.publisher.publications(1000)}
        assert {each.id for each in published} <= told
        numbers.append(desk.publisher.number())

    assert numbers == sorted(numbers), "nothing that was published is lost"
    assert numbers[-1] > 0
    assert len(set(numbers)) > 3, "it was killed while publishing, and not only while starting"
