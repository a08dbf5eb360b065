"""From what a source says to what is proposed: one proposal a record, with every word it rests on."""

from datetime import date

from ingestion.compare.boards import boards
from ingestion.compare.conditions import conditions_asked
from ingestion.compare.contacts import own_contacts
from ingestion.compare.doubles import doubles
from ingestion.compare.durations import lengths
from ingestion.compare.lost import gone, over
from ingestion.compare.money import amounts_told
from ingestion.compare.questions import new_questions
from ingestion.compare.said import SourceSays, is_news
from ingestion.compare.twins import twins
from knowledge.catalogue import Catalogue
from knowledge.publishing.proposal import Proposed


def proposed_by(says: SourceSays, catalogue: Catalogue, today: date) -> tuple[Proposed, ...]:
    """
    What a source proposes, at most one thing a record: what is most urgent of it, with the evidence of all.

    Pages that tell of a moment (news, reports, vacancies) are held against no record: what they say held then.
    """
    lasting = [each for each in says.pages if not is_news(each)]
    twin = twins(says, lasting, catalogue, today)
    found: dict[str, Proposed] = {}
    for each in (
        *gone(says, catalogue, today),
        *amounts_told(says, lasting, catalogue, today),
        *own_contacts(says, lasting, catalogue),
        *lengths(lasting, catalogue),
        *conditions_asked(lasting, says.source, catalogue, today),
        *boards(lasting, catalogue),
        *new_questions(says, lasting, catalogue, twin.known),
        *twin.proposed,
        *doubles(says.told, says.told_elsewhere, says.aliases),
        *over(says, catalogue, today),
    ):
        found.setdefault(each.item_id, each)
    return tuple(found.values())
