"""What we know of the visitor: told, corrected and forgotten when they ask."""

from collections.abc import Sequence

from assistant.answering.answer import AnswerStatus
from assistant.answering.reply import Choice, QuickReply
from assistant.answering.turn import Finding, Locale
from assistant.eligibility.profile import KnownFact, Profile
from knowledge.catalogue import Catalogue
from knowledge.fact import FactType

_MOST_BUTTONS = 8
_WRONG = {"nl": "Klopt niet: {label}", "en": "Not right: {label}"}
_FORGET = {"nl": "Vergeet “{label}”", "en": "Forget “{label}”"}
_FORGET_ALL = {"nl": "Vergeet alles", "en": "Forget everything"}
_RECALL = {"nl": "Wat weet je van mij?", "en": "What do you know about me?"}
_GO_ON = {"nl": "Welke route past bij mij?", "en": "Which route fits me?"}


def known(profile: Profile, catalogue: Catalogue, locale: Locale, objected: Sequence[str] | None = None) -> Finding:
    """
    Everything that is known, with the words it comes from, and for each a tap to have it forgotten.

    :param objected: The facts that the visitor may have meant with `dat klopt niet`; None if they only asked.
    """
    facts = [fact for fact in profile.known if fact.name in catalogue.facts]
    if objected:
        facts.sort(key=lambda fact: fact.name not in objected)
    skipped = [catalogue.facts[name].label for name in catalogue.facts if name in profile.unknown]
    return Finding(
        template="known",
        status=AnswerStatus.ASKED_CLARIFICATION if objected is not None else AnswerStatus.ANSWERED_MEMORY,
        values={"facts": facts, "skipped": skipped, "objected": objected is not None},
        quick_replies=(
            *wrong_buttons(facts[:_MOST_BUTTONS], catalogue, locale),
            *([QuickReply(label=_FORGET_ALL[locale], text=_FORGET_ALL[locale])] if facts else []),
            *([] if facts else [QuickReply(label=_GO_ON[locale], text=_GO_ON[locale])]),
        ),
        grounds=_words(facts),
    )


def forgot(facts: Sequence[KnownFact], locale: Locale, everything: bool = False) -> Finding:
    """
    That these are forgotten; what the visitor can do now.

    :param facts: What was known of what they wanted forgotten; it may be nothing.
    """
    return Finding(
        template="forgot",
        status=AnswerStatus.ANSWERED_MEMORY,
        values={"facts": facts, "everything": everything},
        quick_replies=tuple(QuickReply(label=each[locale], text=each[locale]) for each in (_RECALL, _GO_ON)),
        grounds=_words(facts),
    )


def wrong_buttons(facts: Sequence[KnownFact], catalogue: Catalogue, locale: Locale) -> tuple[QuickReply, ...]:
    """For each fact the tap that says it is not so: the other answer where there are only two, else it is forgotten."""
    return tuple(_wrong(fact, catalogue, locale) for fact in facts)


def _wrong(known: KnownFact, catalogue: Catalogue, locale: Locale) -> QuickReply:
    fact = catalogue.facts[known.name]
    label = fact.label.in_locale(locale)
    others = [value for value in fact.values() if value != known.value]
    button = _WRONG[locale].format(label=label)
    if fact.type is FactType.FLAG:
        return QuickReply(label=button, choice=Choice(fact=known.name, value=not known.value))
    if fact.type is FactType.CHOICE and len(others) == 1:
        return QuickReply(label=button, choice=Choice(fact=known.name, value=others[0]))
    return QuickReply(label=button, text=_FORGET[locale].format(label=label))


def _words(facts: Sequence[KnownFact]) -> tuple[str, ...]:
    """What the visitor told: a reply that says it back leans on that."""
    return tuple(f"{fact.words} {fact.value}" for fact in facts)
