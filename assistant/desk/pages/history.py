"""What happened to a lead, from the newest to the day it came in."""

from dataclasses import dataclass
from datetime import datetime

from assistant.desk import wording
from assistant.desk.pages.known import Dossier
from assistant.desk.pages.parts import Moment, moment_of
from assistant.leads.received import MailKind
from assistant.leads.work import LetterKind


@dataclass(frozen=True)
class HistoryRow:
    """A note, or a step in the lead's life."""

    what: str
    text: str
    author: str
    moment: Moment


def history_rows(dossier: Dossier, now: datetime) -> tuple[HistoryRow, ...]:
    """What happened, newest first."""
    lead = dossier.lead
    rows = [(lead.created_at, 0, "Aangemeld", f"Via de digitale assistent, voor {lead.loket_title}.", "")]
    rows += [(note.written_at, 1, "Notitie", note.text, note.author) for note in dossier.notes]
    for change in dossier.changes:
        what = "Fase teruggezet" if change.undoes else "Fase aangepast"
        steps = f"Van “{wording.PHASES[change.before]}” naar “{wording.PHASES[change.after]}”."
        if change.because:
            steps += f" {wording.LEAVING_REASONS[change.because]}."
        rows.append((change.changed_at, change.id + 1, what, steps, change.author))
    for each in dossier.interactions:
        rows.append((each.happened_at, 1, wording.INTERACTIONS[each.kind], each.text, each.author))
    for letter in dossier.letters:
        to = "de bezoeker" if letter.kind is LetterKind.VISITOR else letter.receiver
        rows.append((letter.created_at, 1, f"E-mail aan {to}", letter.subject, letter.author))
    for answer in dossier.answers:
        if answer.kind is MailKind.ANSWER:
            rows.append((answer.received_at, 1, f"E-mail van {answer.sender}", answer.subject, ""))
    if dossier.earlier and dossier.earlier.agreed_at:
        said = "Met een code uit de mail."
        rows.append((dossier.earlier.agreed_at, 1, "Eerdere aanmelding erbij gezet", said, "de bezoeker"))
    for task in dossier.tasks:
        if task.done_at:
            became = f": {wording.OUTCOMES[task.outcome].lower()}" if task.outcome else ""
            rows.append((task.done_at, 1, "Taak klaar", f"{task.title}{became}.", task.done_by))
    newest_first = sorted(rows, key=lambda row: row[:2], reverse=True)
    return tuple(HistoryRow(what, text, author, moment_of(at, now)) for at, _, what, text, author in newest_first)
