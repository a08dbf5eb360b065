"""A reply as plain text, so that an adviser can read the conversation without the widget."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from assistant.leads.lead import CitedSource, LeansOn, SharedTurn

_MAX_ANSWER = 6000
_MOST_TRACED, _MAX_SAYS = 80, 400
_PLAIN = frozenset({"title", "title (en)", "source", "label"})


def shared_turn(
    number: int, question: str, reply: Mapping[str, Any], asked_at: datetime, trace: Mapping[str, Any] | None = None
) -> SharedTurn:
    """
    One turn as it is kept with a lead.

    :param question: What was typed, or the label of what was chosen.
    :param reply: A reply as the API sent it; a block of a kind we do not know is left out.
    :param trace: What was kept of where its claims stand, see `verify.trace_of`.
    """
    lines = [line for block in reply.get("blocks", ()) for line in _lines(block)]
    return SharedTurn(
        number=number,
        question=question,
        answer="\n".join(line for line in lines if line)[:_MAX_ANSWER],
        sources=tuple(
            CitedSource(
                number=each["n"], title=f"{each['title']} ({each['publisher']}, {each['as_of']})", url=each.get("url")
            )
            for each in reply.get("citations", ())
        ),
        leans_on=tuple(_leans_on(trace or {})),
        asked_at=asked_at,
    )


def _leans_on(trace: Mapping[str, Any]) -> Iterator[LeansOn]:
    """Every sentence with each field it rests on, once; that a name is a title or an address a source's is plain to see."""
    claims = (each for each in trace.get("claims", ()) if each["field"] not in _PLAIN)
    found = dict.fromkeys((each["says"], each["n"], each["of"], each["field"]) for each in claims)
    for says, number, record, field in list(found)[:_MOST_TRACED]:
        yield LeansOn(says=says[:_MAX_SAYS], number=number, record=record, field=field)


def _lines(block: Mapping[str, Any]) -> list[str]:
    match block.get("type"):
        case "text":
            return [str(block["text"])]
        case "route":
            return [f"{block['title']}: {block['summary']}"]
        case "comparison":
            return [" | ".join(block["columns"]), *(" | ".join(row) for row in block["rows"])]
        case "money":
            amounts = [
                f"{line['label']}: {line['amount']} {line['period']} ({line['year']})" for line in block["lines"]
            ]
            total = block.get("total")
            return [block.get("title") or "", *amounts, f"Samen: {total}" if total else ""]
        case "vacancies":
            return [f"{item['title']}, {item['employer']}" for item in block["items"]]
        case "loket":
            return [str(block["loket"]["title"]), str(block["loket"].get("reason") or "")]
        case "events":
            return [f"{item['title']} {item.get('when') or ''}".strip() for item in block["items"]]
        case "question":
            return [str(block["text"])]
        case "lead_form":
            return ["(Uitgenodigd om gegevens achter te laten.)"]  # Its reason is a code.
        case _:
            return []
