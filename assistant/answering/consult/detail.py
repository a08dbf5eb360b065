"""The part of a record's body that a question is about, where the summary leaves it out."""

import re
from dataclasses import replace

from assistant.answering.consult.consultation import Consultation
from assistant.answering.consult.excerpt import run_about
from assistant.answering.consult.traits import stems_of
from assistant.answering.turn import Detail, Finding
from knowledge.index.dutch import stem, words
from knowledge.passage import sections_of
from knowledge.record import Record

_MARKS = re.compile(r"\*\*|__|`|^\s*(?:[-*]|\d+\.)\s+", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_NEAREST = 6
"""A section among so many passages that are nearest to the question is what it is about..."""
_SHARE = 0.25
"""... and so is one that has this part of its telling words, and more of them than the summary."""
_TOLD_BY_SUMMARY = frozenset({"record", "money"})
"""Templates that tell a record by its summary alone."""


def with_detail(c: Consultation, finding: Finding) -> Finding:
    """The finding with the section of its main record that the question is about; unchanged if the summary says it all."""
    if finding.template not in _TOLD_BY_SUMMARY or not finding.cited or not c.understood.text:
        return finding
    record = finding.cited[0]
    sections = list(sections_of(record.body))
    at = _section(c, record, sections)
    if at is None:
        return finding
    told = sections if c.locale == "nl" else list(sections_of(record.in_locale(c.locale).body))
    if len(told) != len(sections):
        return finding  # not in the visitor's language
    heading, text = told[at]
    plain = _LINK.sub(r"\1", _MARKS.sub("", text))
    sentences = " ".join(
        line if line.endswith((".", "!", "?", ":", ";")) else f"{line}." for line in plain.splitlines() if line.strip()
    )
    return replace(finding, detail=Detail(heading, run_about(sentences, c.understood.text)))


def _section(c: Consultation, record: Record, sections: list[tuple[str, str]]) -> int | None:
    """The place of the section that the question is about."""
    headings = [heading for heading, _ in sections]
    for hit in c.nearest_hits[:_NEAREST]:
        if hit.passage.record_id == record.id and hit.passage.section in headings:
            return headings.index(hit.passage.section)
        if hit.passage.record_id == record.id and not hit.passage.found_by:
            break  # its summary is nearer
    traits, asked = c.knowledge.traits, stems_of(c.understood.text)
    known = {stem(word) for word in words(f"{record.title} {record.summary}")}
    shares = [
        traits.share(asked, {stem(word) for word in words(f"{heading} {text}")} - known) for heading, text in sections
    ]
    best = max(range(len(sections)), key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] >= max(_SHARE, traits.share(asked, known) / 2) else None
