"""
What chat widgets weigh, ours beside those that others can install: `python -m evaluation.load.peers`.

The packages come from npm into a temporary folder, and everything is packed by the same gzip; ours also as it is served.
"""

import gzip
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from assistant.api.pages import assets

OURS = ("widget.js", "loket-gids.js", "launcher-styles.js", "conversation.js")


@dataclass(frozen=True)
class Peer:
    """A package of npm and the file of it that a page loads."""

    package: str
    version: str
    file: str
    note: str = ""


PEERS = (
    Peer("@papercups-io/chat-widget", "1.3.1", "dist/index.js", "launcher alone; React and an iframe come on top"),
    Peer("open-chat-studio-widget", "0.6.0", "dist/open-chat-studio-widget/*.js", "web component"),
    Peer("deep-chat", "2.4.2", "dist/deepChat.bundle.js"),
    Peer("@typebot.io/js", "0.10.7", "dist/web.js"),
    Peer("@botpress/webchat", "4.5.2", "dist/index.js"),
    Peer("@n8n/chat", "1.37.0", "dist/chat.bundle.es.js"),
    Peer("botframework-webchat", "4.18.1", "dist/webchat-minimal.js"),
    Peer("survey-core", "3.1.1", "survey.core.min.js", "questionnaire, beside our zelftest"),
    Peer("govuk-frontend", "6.6.0", "dist/govuk/govuk-frontend.min.js", "what a government calls small"),
)


@dataclass(frozen=True)
class Weighed:
    """One line of the table; sizes in kB of 1,000 bytes, None where it could not be installed or has no such file."""

    name: str
    plain_kb: float | None
    gzip_kb: float | None
    note: str


def weigh_ours() -> list[Weighed]:
    """The launcher, and all that a visitor ever loads."""
    served = assets()
    parts = {"loket-gids, launcher": OURS[:3], "loket-gids, all of it": OURS}
    return [
        Weighed(
            name,
            sum(len(served[each].plain) for each in files) / 1000,
            sum(len(gzip.compress(served[each].plain, 9)) for each in files) / 1000,
            f"{sum(len(served[each].zipped) for each in files) / 1000:.1f} kB as it is served",
        )
        for name, files in parts.items()
    ]


def weigh(peer: Peer, folder: Path) -> Weighed:
    """The peer, installed without its scripts; a package that cannot be had is a line that says so."""
    name = f"{peer.package} {peer.version}"
    home = folder / peer.package.replace("/", "-")
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{peer.package}@{peer.version}"]
    packed = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - names of our own
    if packed.returncode:
        return Weighed(name, None, None, "could not be installed")
    home.mkdir()
    archive = folder / packed.stdout.strip().splitlines()[-1]
    subprocess.run(["tar", "-xzf", str(archive), "-C", str(home)], check=True)  # noqa: S603, S607
    files = sorted((home / "package").glob(peer.file))
    if not files:
        return Weighed(name, None, None, f"has no {peer.file}")
    contents = [each.read_bytes() for each in files]
    plain, packed_size = sum(map(len, contents)), sum(len(gzip.compress(each, 9)) for each in contents)
    return Weighed(name, plain / 1000, packed_size / 1000, peer.note)


def main() -> None:
    """Print the table, lightest first; with `--json` for a program."""
    with tempfile.TemporaryDirectory(prefix="loketgids-peers-") as folder:
        lines = weigh_ours() + [weigh(peer, Path(folder)) for peer in PEERS]
    lines.sort(key=lambda line: (line.gzip_kb is None, line.gzip_kb or 0))
    if "--json" in sys.argv:
        print(json.dumps([vars(line) for line in lines], indent=2))  # noqa: T201
        return
    print("| widget | plain kB | gzip kB | |\n|---|---|---|---|")  # noqa: T201
    for line in lines:
        sizes = ["-" if size is None else f"{size:,.1f}" for size in (line.plain_kb, line.gzip_kb)]
        print(f"| {line.name} | {sizes[0]} | {sizes[1]} | {line.note} |")  # noqa: T201


if __name__ == "__main__":
    main()
