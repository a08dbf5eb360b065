"""Settings come from code, environment or file, in that order; a wrong one is refused, and the README lists each."""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.settings import Settings

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No `LOKET_*` and no `loket.toml` of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("LOKET_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_an_installation_needs_no_settings() -> None:
    settings = Settings()

    assert settings.var == Path("var")
    assert settings.people_address == "sqlite:///var/people.sqlite"
    assert settings.rate_limit == "on"


def test_code_comes_before_the_environment_and_that_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("loket.toml").write_text('region = "hak"\nembedder = "none"\nsmtp_port = 2525\n', encoding="utf-8")
    monkeypatch.setenv("LOKET_REGION", "haaglanden")
    monkeypatch.setenv("LOKET_EMBEDDER", "e5")

    settings = Settings(embedder="sentence-transformers:x")

    assert (settings.embedder, settings.region, settings.smtp_port) == ("sentence-transformers:x", "haaglanden", 2525)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("*", ("*",)),
        ("https://a.example", ("https://a.example",)),
        ("https://a.example, https://b.example:8443 ,", ("https://a.example", "https://b.example:8443")),
    ],
)
def test_origins_are_given_with_commas_between_them(
    monkeypatch: pytest.MonkeyPatch, given: str, taken: tuple[str, ...]
) -> None:
    monkeypatch.setenv("LOKET_ALLOWED_ORIGINS", given)

    assert Settings().allowed_origins == taken


def test_origins_may_be_a_list_in_the_file() -> None:
    Path("loket.toml").write_text('allowed_origins = ["https://a.example", "https://b.example"]\n', encoding="utf-8")

    assert Settings().allowed_origins == ("https://a.example", "https://b.example")


def test_a_retention_is_given_in_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKET_LEAD_RETENTION", "P90D")
    assert Settings().lead_retention == timedelta(days=90)


@pytest.mark.parametrize(
    "wrong",
    [
        {"smtp_port": 0},
        {"smtp_port": 65536},
        {"rate_limit": "uit"},
        {"messages_per_minute": 0},
        {"max_message_chars": 10},
        {"smtp_tls": "ssl"},
        {"secure_cookies": "misschien"},
        {"lead_retention": "een jaar"},
        {"kleur": "rood"},
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_name(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(**wrong)

    assert [error["loc"] for error in refused.value.errors()] == [tuple(wrong)]


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings().region = "hak"  # type: ignore[misc]


def test_secrets_are_not_printed() -> None:
    settings = Settings(secret="een-geheim", smtp_password="een-geheim", qdrant_api_key="een-geheim")

    assert "een-geheim" not in repr(settings)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_readme_lists_every_setting(name: str) -> None:
    assert f"`LOKET_{name.upper()}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_lists_no_setting_that_is_not_there() -> None:
    listed = re.findall(r"`LOKET_([A-Z_]+)`", (ROOT / "README.md").read_text(encoding="utf-8"))

    assert {name.lower() for name in listed} <= Settings.model_fields.keys()


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_used(name: str) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "assistant").rglob("*.py"))

    assert re.search(rf"\.{name}\b", code), "a setting that does nothing misleads whoever sets it"
