"""What a visitor had us forget goes from the kept turns too."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from assistant.answering.blotting import Blots
from assistant.answering.state import ConversationState
from assistant.eligibility.profile import KnownFact
from assistant.eligibility.wording import value_in_words
from assistant.storage.conversations import Conversation, ConversationStore, NewTurn
from knowledge.catalogue import Catalogue

T = TypeVar("T", bound=NewTurn)


def gone_facts(before: ConversationState, after: ConversationState) -> tuple[KnownFact, ...]:
    """What was known, of the visitor or of another, and is not any more."""
    of_others = () if after.other else before.other
    return (*(fact for fact in before.profile.known if after.profile.get(fact.name) is None), *of_others)


def blots_of(
    gone: Iterable[KnownFact],
    locale: str,
    catalogue: Catalogue,
    said: Iterable[str] = (),
    told_anew: Iterable[str] = (),
) -> Blots:
    """
    What has to go with these facts.

    :param said: Other words with which they were told earlier in the conversation.
    :param told_anew: Names of facts that have another value now: only the words of the one before go.
    """
    gone = tuple(gone)
    values = [
        value_in_words(catalogue.facts[fact.name], fact.value, each, catalogue.subjects, by)
        for fact in gone
        for each in ("nl", "en")
        for by in ("or", "and")
    ]  # fmt: skip
    places = [catalogue.municipalities[str(fact.value)].name for fact in gone if fact.value in catalogue.municipalities]
    words = [*(fact.words for fact in gone), *said]
    return Blots({fact.name for fact in gone} - set(told_anew), words, [*values, *places], locale)


def erase(
    conversations: ConversationStore, conversation: Conversation, gone: Iterable[KnownFact], catalogue: Catalogue
) -> None:
    """Take the words of these facts out of every turn that is kept, with the replies that say them back."""
    gone = tuple(gone)
    if not gone:
        return
    turns = conversations.turns(conversation)
    replies = [turn.reply for turn in turns]
    only_names = blots_of(gone, conversation.locale, catalogue)
    told = [only_names.told_in(reply, replies[at - 1] if at else None) for at, reply in enumerate(replies)]
    blots = blots_of(gone, conversation.locale, catalogue, frozenset().union(*told))
    for turn, words in zip(turns, told, strict=True):
        after = blotted(turn, blots, words)
        if after != turn:
            conversations.rewrite(after)


def blotted(turn: T, blots: Blots, told: Iterable[str] = ()) -> T:
    """One turn without them."""
    about_it = turn.choice is not None and blots.is_about(str(turn.choice.get("fact")))
    return replace(
        turn,
        question=blots.in_question(turn.question, told if not about_it else ()),
        reply=blots.in_reply(turn.reply),
        choice=None if about_it else turn.choice,
        choice_label=blots.blot if about_it else turn.choice_label,
        trace=blots.in_values(turn.trace),
    )
