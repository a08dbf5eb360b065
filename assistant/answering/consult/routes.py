"""What a route is: how long, which form, which steps, where."""

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult.choosing import choose_route, clarify
from assistant.answering.consult.comparing import compare
from assistant.answering.consult.consultation import Consultation
from assistant.answering.reply import QuickReply
from assistant.answering.state import Topic
from assistant.answering.turn import Finding
from knowledge.place import Institution
from knowledge.route import Route

_DIFFERENCE = ("verschil", "difference")


def inform(c: Consultation) -> Finding | None:
    """
    What a route is, or the aspect of it that is asked for.

    :returns: None when the question names no route and follows none.
    """
    if " of " in c.understood.text.lower():
        side_by_side = compare(c, joined_by="of")
        if side_by_side is not None:
            return side_by_side
    chosen = choose_route(c)
    if chosen.question is not None:
        return clarify(c, chosen)
    if chosen.route is None:
        return None
    return about(c, chosen.route, chosen.others)


def compared(c: Consultation) -> Finding | None:
    """Two routes side by side, if the difference between them is asked for."""
    text = c.understood.text.lower()
    return compare(c) if any(word in text for word in _DIFFERENCE) else None


def about(c: Consultation, route: Route, others: tuple[Route, ...] = ()) -> Finding:
    """One route in words, with its verdict when the visitor told enough for one."""
    verdict = next((each for each in c.verdicts if each.route.id == route.id), None)
    told = bool(c.profile.known)
    wording = {
        "nl": ("Wat kost het?", "Wat verdien ik?", "Past deze route bij mij?"),
        "en": ("What does it cost?", "What do I earn?", "Does this route fit me?"),
    }
    return Finding(
        template="route",
        status=AnswerStatus.ANSWERED_RECORD,
        values={
            "route": route,
            "aspect": c.understood.aspect,
            "institutions": c.catalogue.linked(route.institutions, Institution),
        },
        cited=(route,),
        verdicts=(verdict,) if verdict is not None and told else (),
        quick_replies=(
            *(QuickReply(label=each.in_locale(c.locale).title, text=each.title) for each in others[:2]),
            *(QuickReply(label=label, text=label) for label in wording[c.locale]),
        ),
        topic=Topic(
            intent="route_info",
            record_id=route.id,
            route_id=route.id,
            sector=route.sectors[0] if len(route.sectors) == 1 else None,
        ),
    )
