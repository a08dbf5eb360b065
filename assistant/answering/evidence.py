"""What a reply claims, and what it leans on: the two sides that `verify` lays beside each other."""

from assistant.answering.compose import Composed
from assistant.answering.reply import Reply
from assistant.answering.state import ConversationState
from assistant.answering.understand.text import fold
from knowledge.catalogue import Catalogue
from knowledge.record import Kind

_SHORTEST_NAME = 6
_ORGANISATIONS_AND_SCHEMES = (Kind.INSTITUTION, Kind.SUBSIDY, Kind.LOKET, Kind.ORIENTATION)


def ground(catalogue: Catalogue, composed: Composed) -> list[str]:
    """Everything that the reply may lean on: what it cites, and the rules it shows."""
    records = composed.citations.records.values()
    passages = composed.citations.passages.values()
    sources = [*(catalogue.source_of(record) for record in records), *composed.citations.sources.values()]
    return [
        *(record.text() for record in records),
        *(f"{passage.words()} {passage.as_of} {passage.publisher}" for passage in passages),
        *(f"{source.title} {source.publisher} {source.as_of}" for source in sources),
        *composed.verdict_texts,
    ]


def shown_texts(reply: Reply) -> list[str]:
    """Every piece of text in a reply that says something about the world; questions and forms do not."""
    texts: list[str] = []
    for block in reply.blocks:
        if block.type == "text":
            texts.append(block.text)
        elif block.type == "route":
            texts += [block.summary, block.duration, block.next_step, *(reason.text for reason in block.reasons)]
        elif block.type == "money":
            texts += [f"{line.label} {line.amount} {line.year}" for line in block.lines]
            texts += [block.title, block.total or "", block.note]
        elif block.type == "comparison":
            texts += [cell for row in block.rows for cell in row]
        elif block.type == "loket":
            texts += [block.loket.summary, block.loket.phone or "", block.loket.address]
        elif block.type == "events":
            texts += [f"{item.title} {item.summary} {item.when} {item.place}" for item in block.items]
        elif block.type == "vacancies":
            texts += [f"{item.title} {item.employer} {item.place}" for item in block.items]
    return texts


def visitor_numbers(state: ConversationState) -> str:
    """Numbers the visitor gave: repeating them is no claim."""
    return " ".join(str(fact.value) for fact in state.profile.known if isinstance(fact.value, int))


def checked_names(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """Names that a reply may only use when what it cites uses them: organisations, schemes, desks."""
    names: dict[str, set[str]] = {}
    for record in catalogue:
        if record.kind in _ORGANISATIONS_AND_SCHEMES and len(record.title) >= _SHORTEST_NAME:
            names.setdefault(fold(record.title), set()).add(record.id)
    return {name: frozenset(ids) for name, ids in names.items()}
