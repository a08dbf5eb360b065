"""Contact data: the phone number and the mailbox that a loket tells of itself."""

from collections.abc import Iterator, Sequence

import phonenumbers

from ingestion.compare.said import SourcePage, SourceSays, said_on
from ingestion.extract.finding import ContactFound
from knowledge.catalogue import Catalogue
from knowledge.place import Loket
from knowledge.publishing.proposal import Change, Proposed


def own_contacts(says: SourceSays, pages: Sequence[SourcePage], catalogue: Catalogue) -> Iterator[Proposed]:
    """The phone number and the mailbox of the loket that the source speaks for, if its pages tell one and it is another."""
    record = catalogue.find(says.source.organisation or "")
    if not isinstance(record, Loket):
        return
    told = [
        (each, each.finding.value)
        for each in said_on(pages, "contact")
        if each.is_sure and isinstance(each.finding.value, ContactFound)
    ]
    phones = {value.phone: each for each, value in told if isinstance(value, ContactFound) and value.phone}
    mails = {value.email.lower(): each for each, value in told if isinstance(value, ContactFound) and value.email}
    changes, evidence = [], []
    for name, before, found in (
        ("phone", _as_e164(record.phone or ""), phones),
        ("email", (record.email or "").lower(), mails),
    ):
        # Several numbers are those of several people: which one is the loket's, an editor knows.
        if len(found) != 1 or before in found:
            continue
        [(value, said)] = found.items()
        shown = _as_dutch(value) if name == "phone" else value
        known = getattr(record, name)
        changes.append(Change(field=name, before=known, after=shown, told_before=known or "", told_after=shown))
        evidence.append(said.evidence())
    if changes:
        yield Proposed(
            kind="changed",
            group="records",
            item_id=record.id,
            title=record.title,
            changes=tuple(changes),
            evidence=tuple(evidence),
            about="Op de eigen site van het loket staan andere contactgegevens dan bij ons.",
        )


def _as_e164(phone: str) -> str:
    try:
        number = phonenumbers.parse(phone, "NL")
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _as_dutch(phone: str) -> str:
    number = phonenumbers.parse(phone, "NL")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
