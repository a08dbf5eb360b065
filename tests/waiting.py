"""How long a test waits for what will come: so long that only what never comes fails it, however busy the machine."""

import time
from collections.abc import Callable

PATIENCE_SECONDS = 120.0


def until(holds: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
    """
    Wait until it is so.

    :param holds: Asked again and again; it may throw nothing.
    :param what: What did not come, for the message of the test that fails.
    """
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, f"{what}: not after {seconds:.0f} s"
        time.sleep(0.05)
