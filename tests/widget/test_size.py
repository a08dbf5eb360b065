"""What the widget weighs, and what it leaves alone: read from the files as they are served."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from assistant.api.pages import Asset, assets, joined, minified, without_comments

WIDGET = Path(__file__).parents[2] / "widget"
MODULES = {name: asset for name, asset in assets().items() if name.endswith(".js") and not name.startswith("demo")}
HOST_PAGES = ("snippet.js", "brands.js")
"""Of pages around the widget, not of the widget."""
LAUNCHER = ("widget.js", "loket-gids.js", "launcher-styles.js")


def _weight(modules: dict[str, Asset]) -> int:
    return sum(len(asset.zipped) for asset in modules.values())


def test_the_launcher_is_at_most_4_kilobytes() -> None:
    assert _weight({name: MODULES[name] for name in LAUNCHER}) <= 4_000


def test_the_launcher_loads_nothing_but_its_own_modules_before_it_is_opened() -> None:
    imported = {
        found
        for name in LAUNCHER
        for found in re.findall(r"import\{[^}]*\}from\s*['\"]\./(?:widget/)?([^'\"]+)", MODULES[name].plain.decode())
    }

    assert imported == set(LAUNCHER) - {"widget.js"}


def test_the_whole_widget_is_at_most_20_kilobytes() -> None:
    """What a visitor loads who opens it: the launcher, and the conversation in one piece."""
    assert _weight({name: MODULES[name] for name in (*LAUNCHER, "conversation.js")}) <= 20_000


def test_the_conversation_comes_in_one_piece_that_imports_nothing_more() -> None:
    conversation = joined(WIDGET / "conversation.js")

    assert not re.search(r"\bimport\b", MODULES["conversation.js"].plain.decode())
    assert re.findall(r"^export (.+)$", conversation, re.M) == ["{ConversationClient}", "{ConversationPanel}"]
    for name in set(MODULES) - {*LAUNCHER, *HOST_PAGES, "define.js", "conversation.js"}:
        assert re.sub(r"^import .*\n|^export ", "", (WIDGET / name).read_text(), flags=re.M) in conversation


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_names_no_other_site_and_sets_no_cookie(name: str) -> None:
    source = MODULES[name].plain.decode().replace("http://www.w3.org/2000/svg", "")

    assert not re.search(r"https?://\w", source)
    assert "cookie" not in source
    assert "innerHTML" not in source
    assert "localStorage" not in source


def test_comments_are_not_served_and_code_is() -> None:
    module = "/** @type {string} */\nconst a = /** @type {any} */ ('// stays')\n  // goes\n/*\n goes\n*/\nconst b = 'http://x'\n"

    assert "goes" not in minified(module)
    assert "// stays" in minified(module)
    assert without_comments(module) == "const a =  ('// stays')\nconst b = 'http://x'\n"


def test_a_type_at_the_start_of_a_line_takes_no_code_with_it() -> None:
    module = "a()\n/** @type {any} */ (b)\nc() // stays */\n/* goes */\n"

    assert without_comments(module) == "a()\n(b)\nc() // stays */\n"


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_is_still_javascript_as_it_is_served(name: str, tmp_path: Path) -> None:
    served = tmp_path / "module.mjs"
    served.write_bytes(MODULES[name].plain)

    assert subprocess.run(["node", "--check", served], capture_output=True, check=False).returncode == 0


def test_every_word_is_used() -> None:
    words = re.findall(r"^  (\w+):", (WIDGET / "words.js").read_text(), re.M)
    others = "".join(path.read_text() for path in WIDGET.rglob("*.js") if path.name != "words.js")

    assert [word for word in words if not re.search(rf"\b{word}\b", others)] == []
