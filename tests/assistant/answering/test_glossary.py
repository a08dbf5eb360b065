"""Words of the field are explained where a reply uses them first, and not again."""

import re
from collections.abc import Callable

import pytest

from assistant.answering.glossary import Glossary, in_short
from assistant.answering.pipeline import Answered
from assistant.answering.reply import TextBlock
from knowledge.article import Term
from knowledge.catalogue import Catalogue

Ask = Callable[..., Answered]


@pytest.fixture(scope="module")
def glossary(catalogue_of_content: Catalogue) -> Glossary:
    return Glossary(catalogue_of_content)


def _ids(terms: tuple[Term, ...]) -> list[str]:
    return [term.id for term in terms]


def test_a_hard_word_is_explained_in_the_order_of_the_reply(glossary: Glossary) -> None:
    text = "Na het geschiktheidsonderzoek haal je je bevoegdheid en een VOG."

    assert _ids(glossary.explained_in(text, "nl", "", ())) == ["geschiktheidsonderzoek", "bevoegdheid"]


def test_who_uses_a_word_is_not_told_what_it_means(glossary: Glossary) -> None:
    assert not glossary.explained_in("Je haalt je bevoegdheid.", "nl", "hoe haal ik mijn bevoegdheid", ())


def test_a_word_that_was_explained_is_not_explained_again(glossary: Glossary) -> None:
    assert not glossary.explained_in("Je haalt je bevoegdheid.", "nl", "", ("bevoegdheid",))


def test_the_longest_word_is_the_one_that_is_meant(glossary: Glossary) -> None:
    text = "Je krijgt een beperkte tweedegraads bevoegdheid."

    assert _ids(glossary.explained_in(text, "nl", "", ())) == ["beperkt-tweedegraads"]


def test_who_reads_english_is_told_of_words_that_every_dutch_reader_knows(glossary: Glossary) -> None:
    assert not glossary.explained_in("Je doet de pabo.", "nl", "", ())
    assert _ids(glossary.explained_in("You do the pabo.", "en", "", ())) == ["pabo"]


def test_every_explanation_is_short_and_holds_its_word(catalogue_of_content: Catalogue) -> None:
    for term in catalogue_of_content.all(Term):
        for locale in ("nl", "en"):
            sentence = in_short(term, locale)
            assert len(sentence.split()) <= 26, term.id
            if sentence and term.in_short:
                stems = [re.sub(r"\W", "", word.casefold())[:5] for word in " ".join(term.in_short.words).split()]
                assert any(stem in re.sub(r"\W", "", sentence.casefold()) for stem in stems), term.id


def test_a_conversation_explains_a_word_once_with_its_source(ask: Ask) -> None:
    first = ask("wat is zij-instroom?")
    again = ask("wat is zij-instroom?", "wat is zij-instroom in het vo?")

    [explanation] = _texts(first)[1:]
    assert re.fullmatch(r"Met een bevoegdheid .*\. \[\d\]", explanation)
    assert first.state.explained == ("bevoegdheid",)
    assert "bevoegdheid" in _texts(again)[0]
    assert not any("Met een bevoegdheid" in text for text in _texts(again))


def _texts(answered: Answered) -> list[str]:
    return [block.text for block in answered.reply.blocks if isinstance(block, TextBlock)]
