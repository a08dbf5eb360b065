"""What a conversation knows of its visitor: read it, correct it, and have it forgotten, fact by fact."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.answering.memory import changed, confirmed, erased, everything_forgotten, gone_between, unsure
from assistant.answering.state import ConversationState
from assistant.api.dependencies import Conversations, OwnConversation
from assistant.api.erasing import erase, gone_facts
from assistant.api.problem import problems
from assistant.api.published import Now
from assistant.eligibility.profile import KnownFact, Origin
from assistant.eligibility.wording import value_in_words
from assistant.errors import FieldsRefused, NotFound
from assistant.storage.conversations import Conversation, ConversationStore
from assistant.zelftest.question import JsonValue, Question, as_json, question_about
from knowledge.catalogue import Catalogue
from knowledge.fact import Fact, FactType, FactValue

router = APIRouter(prefix="/api/v1/conversations/{conversation_id}/facts", tags=["conversations"])
_MOST_CHARS = 200
_OPENED = problems(401, 404, 422, 503)

FactName = Annotated[
    str, Path(max_length=60, description="A fact of `GET /zelftest/questions`, or one of `facts` here.")
]


class KnownFactOut(BaseModel):
    """One thing that the conversation knows."""

    name: str
    label: str
    """What it is, as a visitor reads it: `Hoogste diploma`."""
    value: JsonValue
    text: str
    """The value as a visitor reads it: `Mbo niveau 4`."""
    origin: Origin
    """`said` in words, `chosen` by tapping, or `inferred` from what was said."""
    words: str
    """The visitor's own words that it comes from."""
    confirmed: bool
    """Whether the visitor said that it is right. What was inferred and not confirmed is best shown with a question."""
    question: Question
    """How to ask for it anew: text, input and options."""


class SkippedFactOut(BaseModel):
    """One thing to which the visitor said `weet ik niet`."""

    name: str
    label: str
    question: Question


class FactsOut(BaseModel):
    """What the conversation knows, in the order in which it was told."""

    facts: list[KnownFactOut]
    skipped: list[SkippedFactOut]
    gone: list[str] = []
    """Names of the facts that this request took away: what was erased, and what had been inferred from it."""


class FactIn(BaseModel):
    """Another value, or a yes to the one that is there; `value: null` is `weet ik niet`."""

    model_config = ConfigDict(extra="forbid")

    value: Annotated[str, Field(max_length=_MOST_CHARS)] | int | bool | list[str] | None = Field(
        default=None, examples=["mbo-4", ["po"], 24, True]
    )
    confirmed: bool | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> "FactIn":
        if ("value" in self.model_fields_set) == (self.confirmed is True):
            raise ValueError("Stuur `value`, of `confirmed: true`, en niet allebei.")
        return self


@router.get("", responses=_OPENED)
def list_facts(conversation: OwnConversation, now: Now) -> FactsOut:
    """What this conversation knows of its visitor, with the words it comes from."""
    return _shown(ConversationState.model_validate(conversation.state), now.catalogue)


@router.patch("/{name}", responses=_OPENED | problems(409))
def change_fact(
    name: FactName, given: FactIn, conversation: OwnConversation, conversations: Conversations, now: Now
) -> FactsOut:
    """Correct one fact, or confirm what was inferred. What cannot be true beside the new value is left out."""
    fact = _known_name(name, now.catalogue)

    def change(state: ConversationState) -> ConversationState:
        if given.confirmed:
            if state.profile.get(name) is None:
                raise NotFound("fact", name)
            return confirmed(state, name)
        if given.value is None:
            return unsure(state, name)
        value = _parsed(fact, given.value, now.catalogue)
        words = value_in_words(fact, value, state.locale, now.catalogue.subjects)
        answer = KnownFact(name=name, value=value, origin="chosen", words=words[:300], confirmed=True)
        return changed(state, answer, now.eligibility.entailment)

    return _kept(conversation, conversations, now.catalogue, change)


@router.delete("/{name}", responses=_OPENED | problems(409))
def forget_fact(name: FactName, conversation: OwnConversation, conversations: Conversations, now: Now) -> FactsOut:
    """
    Forget one fact, and what was inferred from it. It comes back only when the visitor tells it again.

    The words that told it go from the transcript too.
    """
    _known_name(name, now.catalogue)
    return _forgotten(conversation, conversations, now.catalogue, lambda state: erased(state, [name]))


@router.delete("", responses=_OPENED | problems(409))
def forget_facts(conversation: OwnConversation, conversations: Conversations, now: Now) -> FactsOut:
    """Forget everything that was told, also in the transcript; what is left of it stays readable for its visitor."""
    return _forgotten(conversation, conversations, now.catalogue, everything_forgotten)


def _forgotten(
    conversation: Conversation,
    conversations: ConversationStore,
    catalogue: Catalogue,
    change: Callable[[ConversationState], ConversationState],
) -> FactsOut:
    """What is known after something was forgotten, which goes from the kept turns too."""
    before = ConversationState.model_validate(conversation.state)
    shown = _kept(conversation, conversations, catalogue, change)
    erase(conversations, conversation, gone_facts(before, change(before)), catalogue)
    return shown


def _kept(
    conversation: Conversation,
    conversations: ConversationStore,
    catalogue: Catalogue,
    change: Callable[[ConversationState], ConversationState],
) -> FactsOut:
    """What is known after a change that is kept."""
    before = ConversationState.model_validate(conversation.state)
    after = change(before)
    conversations.keep_state(conversation, after.model_dump(mode="json"))
    shown = _shown(after, catalogue)
    return shown.model_copy(update={"gone": list(gone_between(before.profile, after.profile))})


def _shown(state: ConversationState, catalogue: Catalogue) -> FactsOut:
    subjects, locale = catalogue.subjects, state.locale

    def asked(fact: Fact) -> Question:
        return question_about(fact, subjects.values(), locale)

    known = [(catalogue.facts[each.name], each) for each in state.profile.known if each.name in catalogue.facts]
    return FactsOut(
        facts=[
            KnownFactOut(
                name=each.name,
                label=fact.label.in_locale(locale),
                value=as_json(each.value),
                text=_in_words(fact, each.value, locale, catalogue),
                origin=each.origin,
                words=each.words,
                confirmed=each.confirmed,
                question=asked(fact),
            )
            for fact, each in known
        ],
        skipped=[
            SkippedFactOut(name=name, label=fact.label.in_locale(locale), question=asked(fact))
            for name, fact in catalogue.facts.items()
            if name in state.profile.unknown
        ],
    )


def _in_words(fact: Fact, value: FactValue, locale: str, catalogue: Catalogue) -> str:
    if fact.type is FactType.MUNICIPALITY and value in catalogue.municipalities:
        return catalogue.municipalities[str(value)].name
    return value_in_words(fact, value, locale, catalogue.subjects, by="and")


def _known_name(name: str, catalogue: Catalogue) -> Fact:
    """
    The fact of that name.

    :raises NotFound: If there is none.
    """
    fact = catalogue.facts.get(name)
    if fact is None:
        raise NotFound("fact", name)
    return fact


def _parsed(fact: Fact, raw: str | int | bool | list[str], catalogue: Catalogue) -> FactValue:
    """
    The value in its own type.

    :raises FieldsRefused: If it is none of this fact; the Dutch sentence says what can be chosen.
    """
    try:
        value = fact.parse(raw)
    except ValueError as error:
        raise FieldsRefused({"value": str(error)}) from error
    if fact.type is FactType.SUBJECT and value not in catalogue.subjects:
        raise FieldsRefused({"value": "Dit schoolvak kennen we niet. Kies een vak uit de lijst."})
    if fact.type is FactType.MUNICIPALITY and value not in catalogue.municipalities:
        raise FieldsRefused({"value": "Deze gemeente kennen we niet. Kies een gemeente in onze regio's."})
    return value
