"""No test reaches for a network: the guard of `conftest.py` in a run of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
REACHING = {
    "a_name": "import socket\ndef test_it():\n    try:\n        socket.getaddrinfo('example.org', 80)\n    except OSError:\n        pass\n",
    "an_address": "import socket\ndef test_it():\n    try:\n        socket.create_connection(('192.0.2.1', 80), 1)\n    except OSError:\n        pass\n",
    "a_datagram": "import socket\ndef test_it():\n    s = socket.socket(type=socket.SOCK_DGRAM)\n    try:\n        s.sendto(b'x', ('192.0.2.1', 9))\n    except OSError:\n        pass\n    s.close()\n",
}
LOOPBACK = """
import socket
def test_it():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
    assert socket.getaddrinfo("localhost", 80)
"""


def _outcome(folder: Path, *tests: tuple[str, str]) -> str:
    shutil.copy(HERE / "conftest.py", folder)
    for name, source in tests:
        (folder / f"test_{name}.py").write_text(source)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rN",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(folder),
        str(folder),
    ]
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, check=False).stdout


def test_tests_that_reach_out_fail_though_they_swallow_the_refusal_and_loopback_is_free(tmp_path: Path) -> None:
    outcome = _outcome(tmp_path, *REACHING.items(), ("loopback", LOOPBACK))

    assert outcome.count("AssertionError: this test reached for the network") == len(REACHING)
    assert f"4 passed, {len(REACHING)} errors" in outcome
