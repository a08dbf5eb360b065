"""The news as text that an editor copies into a newsletter of their own."""

from dataclasses import dataclass
from datetime import timedelta

from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Shell, choices, shell
from assistant.desk.wording import region_title
from assistant.news.letter import Letter
from knowledge.catalogue import Catalogue

PERIODS = {"7": "Van de laatste week", "31": "Van de laatste maand", "92": "Van de laatste drie maanden"}
LANGUAGES = {"nl": "Nederlands", "en": "Engels"}


@dataclass(frozen=True)
class NewsletterPage:
    """The text, to copy or to download."""

    shell: Shell
    periods: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    count: int
    text: str
    html: str
    language: str
    files: tuple[tuple[str, str], ...]
    """Address and label of each."""


def newsletter_page(
    editor: SignedInAdviser, catalogue: Catalogue, made: Letter, count: int, asked: dict[str, str]
) -> NewsletterPage:
    """:param asked: `periode`, `regio` and `taal`, as they stand in the address."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return NewsletterPage(
        shell=shell("Tekst voor een nieuwsbrief", editor),
        periods=choices(PERIODS, asked["periode"]),
        regions=choices(
            {"": "Alle regio’s"} | {each: region_title(catalogue, each) for each in editor.account.regions},
            asked["regio"],
        ),
        languages=choices(LANGUAGES, asked["taal"]),
        count=count,
        text=made.text,
        html=made.html,
        language=asked["taal"],
        files=(
            (f"/desk/redactie/nieuwsbrief.txt?{query}", "Als tekst (.txt)"),
            (f"/desk/redactie/nieuwsbrief.html?{query}", "Als webpagina (.html)"),
        ),
    )


def period_of(days: str) -> timedelta:
    """How long ago it may be."""
    return timedelta(days=int(days))
