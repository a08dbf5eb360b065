"""The text that is agreed to is safe to show, and another text is another version."""

from datetime import timedelta

from assistant.leads.consent import consent_text, current_text
from knowledge.catalogue import Catalogue
from knowledge.place import Region

YEAR = timedelta(days=365)


def _region(catalogue: Catalogue, title: str = "") -> Region:
    region = catalogue.get("haaglanden", Region)
    return region.model_copy(update={"title": title}) if title else region


def test_both_languages_have_one_version_and_their_own_words(small_catalogue: Catalogue) -> None:
    dutch, english = (consent_text(_region(small_catalogue), locale, YEAR) for locale in ("nl", "en"))

    assert dutch.version == english.version
    assert "12 maanden" in dutch.html
    assert "12 months" in english.html
    assert len(dutch.purposes) == len(english.purposes) >= 2


def test_other_words_another_period_or_another_region_is_another_version(small_catalogue: Catalogue) -> None:
    texts = [
        consent_text(_region(small_catalogue), "nl", YEAR),
        consent_text(_region(small_catalogue), "nl", timedelta(days=90)),
        consent_text(_region(small_catalogue, "Een andere naam"), "nl", YEAR),
        consent_text(small_catalogue.get("hak", Region), "nl", YEAR),
    ]

    assert len({text.version for text in texts}) == 4


def test_only_a_version_that_holds_now_is_found(small_catalogue: Catalogue) -> None:
    text = consent_text(_region(small_catalogue), "nl", YEAR)

    assert current_text(small_catalogue, text.version, "nl", YEAR) == text
    assert current_text(small_catalogue, text.version + "x", "nl", YEAR) is None
    assert current_text(small_catalogue, text.version, "nl", timedelta(days=30)) is None


def test_a_name_with_markup_is_text(small_catalogue: Catalogue) -> None:
    html = consent_text(_region(small_catalogue, "<script>alert(1)</script>"), "nl", YEAR).html

    assert "<script" not in html
