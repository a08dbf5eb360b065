"""What a visitor agrees to who leaves their details: one text a region and language, with a version of its own."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from knowledge.catalogue import Catalogue
from knowledge.place import Region

_TEMPLATES = Path(__file__).parents[1] / "templates" / "consent"
_WORDED_IN = "2026-11"
"""When the templates were last reworded, for people who read a version; the digest after it does the work."""
_PURPOSES = {
    "nl": (
        "Contact met je opnemen over werken in het onderwijs.",
        "Je doorverwijzen naar het loket dat bij je woonplaats en je wens past.",
        "Weten wat je al hebt verteld, zodat je het niet nog een keer hoeft te doen.",
    ),
    "en": (
        "Contacting you about working in education.",
        "Passing you on to the desk that fits where you live and what you want.",
        "Knowing what you already told us, so that you do not have to tell it again.",
    ),
}

_env = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class ConsentText:
    """A text to agree to. Both languages of a region have the same version."""

    version: str
    region: str
    html: str
    """Sanitised."""
    purposes: tuple[str, ...]


def consent_text(region: Region, locale: str, retention: timedelta) -> ConsentText:
    """
    The text that holds now for a region.

    :param locale: `en`, or Dutch for anything else.
    :param retention: How long a lead is kept after the last contact.
    :returns: A text whose version changes with every change in its words, title and period.
    """
    words = {language: _html(region, language, retention) for language in _PURPOSES}
    digest = sha256(repr((words, _PURPOSES)).encode()).hexdigest()[:10]
    language = "en" if locale == "en" else "nl"
    version = f"{_WORDED_IN}.{region.id}.{digest}"
    return ConsentText(version=version, region=region.id, html=words[language], purposes=_PURPOSES[language])


def current_text(catalogue: Catalogue, version: str, locale: str, retention: timedelta) -> ConsentText | None:
    """The text with that version, if it is one that holds now."""
    texts = (consent_text(region, locale, retention) for region in catalogue.all(Region))
    return next((text for text in texts if text.version == version), None)


def _html(region: Region, language: str, retention: timedelta) -> str:
    html = _env.get_template(f"{language}.html").render(
        region=region.in_locale(language).title, months=round(retention.days / 30.44), purposes=_PURPOSES[language]
    )
    return nh3.clean(html, tags={"p", "ul", "li", "strong"}, attributes={}).strip()
