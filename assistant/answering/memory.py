"""What a conversation knows of its visitor, as it is corrected, confirmed and forgotten."""

from collections.abc import Iterable

from assistant.answering.state import ConversationState
from assistant.eligibility.entailed import Entailment
from assistant.eligibility.profile import KnownFact, Profile
from knowledge.fact import FactType


def changed(state: ConversationState, answer: KnownFact, entailment: Entailment) -> ConversationState:
    """
    The state after a visitor changed one fact.

    What was told because of the old value and cannot be true of the new one goes too, and what was inferred from it.
    """
    before = state.profile.get(answer.name)
    profile = state.profile
    if before is not None and before.value != answer.value:
        # Whether a diploma matches a subject says nothing of another subject.
        leaning = [str(name) for name, fact in entailment.vocabulary.items() if fact.after == answer.name]
        profile = profile.without(*_inferred_with(profile, [before]), *leaning)
    return _with(state, entailment.changed(profile, answer), state.erased - {answer.name})


def told(state: ConversationState, facts: Iterable[KnownFact], entailment: Entailment) -> ConversationState:
    """
    The state after a message told these.

    What is only inferred never takes the place of what was said, and what the visitor had us forget is not inferred again.
    """
    names = []
    for fact in facts:
        before = state.profile.get(fact.name)
        if fact.origin == "inferred" and (fact.name in state.erased or _stands(before, entailment, fact)):
            continue
        if before is None or before.value != fact.value or not (before.confirmed or before.origin == "said"):
            state = changed(state, fact, entailment)
        names.append(fact.name)
    return state.model_copy(update={"told": tuple(names)}) if names else state


def _stands(before: KnownFact | None, entailment: Entailment, fact: KnownFact) -> bool:
    """Whether what is known is surer than what was inferred now. A number that is said roughly is still said."""
    is_number = entailment.vocabulary[fact.name].type is FactType.NUMBER
    return before is not None and not is_number and (before.origin != "inferred" or before.confirmed)


def confirmed(state: ConversationState, name: str) -> ConversationState:
    """
    The state in which the visitor said that a fact is right.

    :raises KeyError: If it is not known.
    """
    fact = state.profile.get(name)
    if fact is None:
        raise KeyError(name)
    known = tuple(
        each.model_copy(update={"confirmed": True}) if each.name == name else each for each in state.profile.known
    )
    return state.model_copy(update={"profile": Profile(known=known, unknown=state.profile.unknown)})


def unsure(state: ConversationState, name: str) -> ConversationState:
    """The state in which the visitor took a fact back for `weet ik niet`: it is not asked again."""
    before = state.profile.get(name)
    gone = _inferred_with(state.profile, [before]) if before is not None else ()
    return _with(state, state.profile.without(*gone).skipping(name), state.erased)


def forgotten(state: ConversationState, names: Iterable[str]) -> ConversationState:
    """
    The state without these facts and without what was inferred from them.

    None of them is inferred again from what is left: it comes back only when the visitor tells it.
    """
    names = set(names)
    known = [fact for fact in state.profile.known if fact.name in names]
    gone = names | set(_inferred_with(state.profile, known))
    return _with(state, state.profile.without(*gone), state.erased | gone)


def erased(state: ConversationState, names: Iterable[str]) -> ConversationState:
    """As `forgotten`, on the visitor's wish: the question before, which is kept to go on with, may have told it and goes too."""
    topic = state.topic.model_copy(update={"question": ""})
    return forgotten(state.model_copy(update={"topic": topic}), names)


def everything_forgotten(state: ConversationState) -> ConversationState:
    """The state of a conversation that begins anew, in the same language and region."""
    return ConversationState(locale=state.locale, region=state.region)


def changes_between(before: Profile, after: Profile) -> tuple[tuple[KnownFact, KnownFact | None], ...]:
    """What was known and is otherwise now, or not known any more: pairs of the old and the new fact."""
    pairs = ((fact, after.get(fact.name)) for fact in before.known)
    return tuple((old, new) for old, new in pairs if new is None or new.value != old.value)


def gone_between(before: Profile, after: Profile) -> tuple[str, ...]:
    """The facts that were known and are not any more, in the order in which they were told."""
    return tuple(fact.name for fact in before.known if after.get(fact.name) is None)


def _with(state: ConversationState, profile: Profile, erased: frozenset[str]) -> ConversationState:
    """Another profile in the same conversation: an open question that it answers is closed, an advice on the old one goes."""
    update: dict[str, object] = {"profile": profile, "erased": erased}
    if changes_between(state.profile, profile):
        update |= {"verdicts": (), "receipt": None}
    if state.asked is not None and (profile.get(state.asked) is not None or state.asked in profile.unknown):
        update["asked"] = None
    return state.model_copy(update=update)


def _inferred_with(profile: Profile, withdrawn: Iterable[KnownFact]) -> tuple[str, ...]:
    """Facts that were inferred from the words of what is withdrawn, and that the visitor did not confirm."""
    words = [set(fact.words.casefold().split()) for fact in withdrawn if fact.words and fact.origin != "inferred"]
    return tuple(
        fact.name
        for fact in profile.known
        if fact.origin == "inferred"
        and not fact.confirmed
        and any(each <= _words(fact) or _words(fact) <= each for each in words)
    )


def _words(fact: KnownFact) -> set[str]:
    return set(fact.words.casefold().replace(",", " ").split())
