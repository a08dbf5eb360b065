"""An application on a port of this machine, and ports for servers that a test starts by number."""

import contextlib
import random
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import uvicorn

# Below those that Linux and macOS hand out to whoever connects: none of ours is taken between choosing it and using it.
_FIRST, _LAST = 20_000, 32_000
_LAST_ANSWERS_SECONDS = 5
"""A browser that a failed test left open listens for events, and would keep the server from ending for ever."""


def free_port() -> int:
    """A port that nobody listens on, and that no other run of tests is likely to choose."""
    draw = random.SystemRandom()
    while True:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", draw.randrange(_FIRST, _LAST)))
            except OSError:
                continue
            return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(app: Any) -> Iterator[str]:
    """Serve an application while the block runs; gives its address without a slash at the end."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=_LAST_ANSWERS_SECONDS)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the application did not start; its log says why"
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
