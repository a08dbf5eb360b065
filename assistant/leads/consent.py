"""What a visitor agrees to who leaves their details: one text a region and language, with a version of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
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


class Purpose(StrEnum):
    """What a visitor agrees to, one by one; each can be withdrawn by itself."""

    CONTACT = "contact"
    """Without this one there is no lead: withdrawing it erases everything."""
    REFER = "refer"
    TRANSCRIPT = "transcript"
    FOLLOW_UP = "follow_up"


_CHOICES: dict[str, dict[Purpose, str]] = {
    "nl": {
        Purpose.CONTACT: "Een adviseur mag contact met mij opnemen.",
        Purpose.REFER: "De adviseur mag mijn gegevens doorgeven aan een ander loket of een school, als die beter past.",
        Purpose.TRANSCRIPT: "De adviseur mag mijn gesprek met de digitale assistent lezen.",
        Purpose.FOLLOW_UP: "Het loket mag mij na 3, 6 en 12 maanden vragen hoe het is gegaan.",
    },
    "en": {
        Purpose.CONTACT: "An adviser may contact me.",
        Purpose.REFER: "The adviser may pass my details on to another desk or a school, if that fits better.",
        Purpose.TRANSCRIPT: "The adviser may read my conversation with the digital assistant.",
        Purpose.FOLLOW_UP: "The desk may ask me after 3, 6 and 12 months how things went.",
    },
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
    choices: Mapping[Purpose, str]
    """What can be agreed to one by one, each in a sentence."""


def purpose_in_words(purpose: Purpose, locale: str) -> str:
    """The sentence that is agreed to."""
    return _CHOICES["en" if locale == "en" else "nl"][purpose]


def consent_text(region: Region, locale: str, retention: timedelta) -> ConsentText:
    """
    The text that holds now for a region.

    :param locale: `en`, or Dutch for anything else.
    :param retention: How long a lead is kept after the last contact.
    :returns: A text whose version changes with every change in its words, title and period.
    """
    words = {language: _html(region, language, retention) for language in _PURPOSES}
    digest = sha256(repr((words, _PURPOSES, _CHOICES)).encode()).hexdigest()[:10]
    language = "en" if locale == "en" else "nl"
    version = f"{_WORDED_IN}.{region.id}.{digest}"
    return ConsentText(version, region.id, words[language], _PURPOSES[language], _CHOICES[language])


def current_text(catalogue: Catalogue, version: str, locale: str, retention: timedelta) -> ConsentText | None:
    """The text with that version, if it is one that holds now."""
    texts = (consent_text(region, locale, retention) for region in catalogue.all(Region))
    return next((text for text in texts if text.version == version), None)


def _html(region: Region, language: str, retention: timedelta) -> str:
    html = _env.get_template(f"{language}.html").render(
        region=region.in_locale(language).title,
        months=round(retention.days / 30.44),
        purposes=_PURPOSES[language],
        extra=region.consent_extra.in_locale(language) if region.consent_extra else "",
    )
    return nh3.clean(html, tags={"p", "ul", "li", "strong"}, attributes={}).strip()
