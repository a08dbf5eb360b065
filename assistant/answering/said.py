"""What a reply says about the world, piece by piece, each with the numbers of what it cites."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answering.reply import (
    ComparisonBlock,
    EventsBlock,
    LoketBlock,
    MoneyBlock,
    Reply,
    RouteBlock,
    TextBlock,
    VacanciesBlock,
)
from assistant.answering.sentences import marks_of, sentences_of, without_marks


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence or one cell."""

    text: str
    numbers: tuple[int, ...] = ()
    """Of the citations that it leans on; empty: it cites nothing, and may lean on all of it."""
    is_prose: bool = True
    """Whether it is a sentence, which may say that something can or cannot be; a cell is a value."""


def said_in(reply: Reply) -> Iterator[Said]:
    """Everything that a reply tells its visitor; questions and forms tell nothing."""
    for block in reply.blocks:
        match block:
            case TextBlock():
                yield from said_in_text(block.text)
            case RouteBlock():
                yield from _of_route(block)
            case MoneyBlock():
                yield from _of_money(block)
            case ComparisonBlock():
                yield from _of_comparison(block)
            case LoketBlock(loket=loket):
                own = _numbers(loket.citation)
                for text in (
                    loket.title,
                    loket.summary,
                    loket.phone,
                    loket.email,
                    loket.address,
                    loket.url,
                    *loket.hours,
                ):
                    yield from _sentences(text or "", own)
            case EventsBlock():
                for item in block.items:
                    for text in (item.title, item.summary, item.when, item.place, item.url):
                        yield from _sentences(text or "", _numbers(item.citation))
            case VacanciesBlock():
                for job in block.items:
                    words = f"{job.title} {job.employer} {job.place} {job.details} {job.url or ''}"
                    yield Said(words, _numbers(job.citation), is_prose=False)


def said_in_text(text: str) -> Iterator[Said]:
    """
    The sentences of a text block.

    A sentence without a mark leans on what the sentence after it on the same line cites, else on the one before it.
    """
    for line in text.splitlines():
        sentences = list(sentences_of(line.removeprefix("- ").removeprefix("> ")))
        own = [marks_of(sentence) for sentence in sentences]
        for place, sentence in enumerate(sentences):
            after = next((marks for marks in own[place:] if marks), ())
            before = next((marks for marks in reversed(own[:place]) if marks), ())
            # What is announced (`Bronnen zijn het niet eens over de duur [1]: ...`) leans on the announcement's source too.
            announced = own[place - 1] if place and without_marks(sentences[place - 1]).endswith(":") else ()
            yield Said(without_marks(sentence), (*announced, *(own[place] or after or before)))


def _of_route(block: RouteBlock) -> Iterator[Said]:
    own = _numbers(block.citation)
    for text in (block.title, block.summary, block.duration, block.next_step):
        yield from _sentences(text, own)
    for stretch in block.stretches:
        yield Said(f"{stretch.label}: {stretch.time}", own, is_prose=False)
    for reason in block.reasons:
        yield from _sentences(reason.text, own)
        yield Said(reason.source or "", own, is_prose=False)
    for change in block.would_change:
        yield Said(change.text, own, is_prose=False)


def _of_money(block: MoneyBlock) -> Iterator[Said]:
    for line in block.lines:
        text = f"{line.label}: {line.amount} {line.period} ({line.year})"
        yield Said(text, _numbers(line.citation), is_prose=False)
    yield from (Said(text, is_prose=False) for text in (block.title, block.total or ""))
    yield from _sentences(block.note, ())


def _of_comparison(block: ComparisonBlock) -> Iterator[Said]:
    yield from (Said(title, is_prose=False) for title in block.columns)
    for number, row in enumerate(block.rows):
        yield Said(row[0], is_prose=False)
        for column, cell in enumerate(row[1:]):
            cited = tuple(each.citation for each in block.cited if (each.row, each.column) == (number, column))
            yield from (Said(line, cited, is_prose=False) for line in cell.splitlines())


def _sentences(text: str, numbers: tuple[int, ...]) -> Iterator[Said]:
    return (Said(sentence, numbers) for sentence in sentences_of(text))


def _numbers(citation: int | None) -> tuple[int, ...]:
    return () if citation is None else (citation,)
