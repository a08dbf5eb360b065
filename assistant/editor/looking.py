"""Looking at the consequences of a change, in a process of its own, so that visitors do not wait for it."""

import atexit
import logging
import os
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import datetime

from assistant.settings import Settings
from knowledge.publishing.consequences import Looked, digest_of
from knowledge.publishing.opening import Editorial

_NICENESS = 10
_COMMAND = "from assistant.cli import app; app()"
_log = logging.getLogger(__name__)


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
    process = _begun(settings, change_set_id, "--json")

    def wait() -> None:
        code = process.wait()
        looked = store.consequences.get(change_set_id)
        if code != 0 and looked is not None and looked.state == "running":
            _log.warning("looking at change set %s ended with exit code %d", change_set_id, code)
            store.consequences.end(change_set_id, None)

    threading.Thread(target=wait, name="consequences", daemon=True).start()
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
    process = _begun(settings, "--prepare", "--json")
    threading.Thread(target=process.wait, name="previews", daemon=True).start()
    return True


def _begun(settings: Settings, *words: str) -> subprocess.Popen[bytes]:
    given = {
        "LOKET_VAR": str(settings.var),
        "LOKET_KNOWLEDGE_URL": settings.knowledge_address,
        "LOKET_EMBEDDER": settings.embedder,
    }
    if settings.content:
        given["LOKET_CONTENT"] = str(settings.content)
    process = subprocess.Popen(  # noqa: S603 - our own command; an id comes from the store
        [sys.executable, "-c", _COMMAND, "knowledge", "preview", *words],
        env=os.environ | given,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    # Visitors go first; and nobody waits for it once this server has stopped.
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process.pid, _NICENESS)
    atexit.register(process.terminate)
    return process
