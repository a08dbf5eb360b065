"""Looking at the consequences of a change, in a process of its own, so that visitors do not wait for it."""

import atexit
from collections.abc import Callable, Sequence
from datetime import datetime

from assistant.settings import Settings
from knowledge.own_process import LOKET, OwnProcess
from knowledge.publishing.consequences import Looked, digest_of
from knowledge.publishing.opening import Editorial


def digest_now(store: Editorial, change_set_id: str) -> str:
    """What the consequences of a change hang on at this moment."""
    return digest_of(store.revisions.changed_in(change_set_id), store.publisher.number())


def is_running(looked: Looked | None, now: datetime) -> bool:
    """Whether somebody is looking."""
    return looked is not None and looked.state == "running" and not looked.is_given_up(now)


def start(store: Editorial, settings: Settings, change_set_id: str, now: datetime) -> bool:
    """
    Begin to look, unless somebody is looking already; whether it began.

    It is `loket knowledge preview`, which keeps in the store how far it is and what it found.
    """
    if is_running(store.consequences.get(change_set_id), now):
        return False
    store.consequences.begin(change_set_id, digest_now(store, change_set_id))

    def ended(code: int) -> None:
        looked = store.consequences.get(change_set_id)
        if code != 0 and looked is not None and looked.state == "running":
            store.consequences.end(change_set_id, None)

    _begin(settings, (change_set_id, "--json"), ended)
    return True


_prepared: dict[str, int] = {}
"""By data folder the publication that was asked last."""


def prepare(store: Editorial, settings: Settings) -> bool:
    """
    Have what is published asked, once a publication, while an editor is still at work; whether it began.

    What the next look begins with is then there. Several servers over one data folder wait for each other.
    """
    number, home = store.publisher.number(), str(settings.var)
    if settings.preview_ahead == "off" or _prepared.get(home) == number:
        return False
    _prepared[home] = number
    _begin(settings, ("--prepare", "--json"))
    return True


def _begin(settings: Settings, words: Sequence[str], ended: Callable[[int], None] | None = None) -> None:
    given = {
        "LOKET_VAR": str(settings.var),
        "LOKET_KNOWLEDGE_URL": settings.knowledge_address,
        "LOKET_EMBEDDER": settings.embedder,
    }
    if settings.content:
        given["LOKET_CONTENT"] = str(settings.content)
    process = OwnProcess(given)
    process.begin((*LOKET, "knowledge", "preview", *words), ended)
    # Nobody waits for it once this server has stopped.
    atexit.register(process.stop)
