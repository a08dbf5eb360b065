"""The parts that read a message, over the delivered content."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assistant.answering.state import ConversationState
from assistant.answering.turn import Asked, Understood
from assistant.answering.understand.learnt import LearntIntents
from assistant.answering.understand.lexicon import known_words
from assistant.answering.understand.names import NameIndex
from assistant.answering.understand.text import Text
from assistant.answering.understand.understanding import Understander
from knowledge.catalogue import Catalogue


@pytest.fixture(scope="session")
def name_index(catalogue_of_content: Catalogue, places_elsewhere: tuple[str, ...]) -> NameIndex:
    """Every name in the content, and the places of the rest of the country."""
    return NameIndex(catalogue_of_content, known_words(), places_elsewhere)


@pytest.fixture(scope="session")
def intent_model(catalogue_of_content: Catalogue) -> LearntIntents:
    """The intents by the sentences nearest to a message as they are spelt, before anything is learnt."""
    return LearntIntents.of(catalogue_of_content)


@pytest.fixture(scope="session")
def understander(catalogue_of_content: Catalogue, name_index: NameIndex, intent_model: LearntIntents) -> Understander:
    """What reads messages."""
    return Understander(catalogue_of_content, name_index, intent_model)


@pytest.fixture(scope="session")
def understand(understander: Understander, today: date) -> Callable[..., Understood]:
    """`understand("en wat kost dat?", asked="age")`: a message as it is read in a conversation of this state."""

    def read(message: str, **state: Any) -> Understood:
        asked = Asked(ConversationState(**({"region": "haaglanden"} | state)), today, text=message)
        return understander.understand(asked, message, None)

    return read


@pytest.fixture(scope="session")
def told(understand: Callable[..., Understood]) -> Callable[..., dict[str, Any]]:
    """`told("ik ben 42")`: what the message tells about the visitor, fact to value."""
    return lambda message, **state: {fact.name: fact.value for fact in understand(message, **state).facts}


@pytest.fixture(scope="session")
def named(name_index: NameIndex) -> Callable[[str], set[tuple[str, str, str]]]:
    """`named("de pabbo")`: group, id and words of each name found in the text."""
    return lambda text: {(each.target.group, each.target.id, each.words) for each in name_index.find(Text(text))}
