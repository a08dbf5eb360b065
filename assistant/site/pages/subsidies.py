"""Subsidies, loans and allowances: what runs, what is closed, and what is no more."""

from dataclasses import dataclass

from assistant.site.pages.money import MoneyGroup, money_rows
from assistant.site.schema_org import list_data
from assistant.site.shell import Choice, Link, Shell, choices
from assistant.site.visit import Visit
from assistant.site.wording import SECTOR_FILTER
from knowledge.money import Subsidy

RECEIVER_FILTER = {"jij": "Voor mij", "school": "Voor de school"}
_INTRO = (
    "Er zijn giften, leningen en regelingen voor wie het onderwijs in wil. Sommige krijg jij, andere krijgt je school. Hier zie "
    "je wat er nu loopt, en wat er niet meer is."
)
_GROUPS = (
    ("open", "Dit loopt nu", "Kijk altijd bij de bron of er nog geld is, en tot wanneer je kunt aanvragen."),
    ("closed", "Dit kun je nu niet aanvragen", "De regeling bestaat nog. Er kan een nieuwe ronde komen."),
    ("unknown", "Dit weten we niet zeker", "Wij konden niet zien of deze regelingen nu lopen. Vraag het na."),
)


@dataclass(frozen=True)
class EndedRow:
    """A scheme that is no more, and what there is instead."""

    address: str
    title: str
    text: str
    instead: Link | None


@dataclass(frozen=True)
class SubsidiesPage:
    """The schemes that pass the filter."""

    shell: Shell
    intro: str
    groups: tuple[MoneyGroup, ...]
    ended: tuple[EndedRow, ...]
    receivers: tuple[Choice, ...]
    sectors: tuple[Choice, ...]
    is_filtered: bool


def subsidies_page(visit: Visit, receiver: str, sector: str, notices: tuple[str, ...] = ()) -> SubsidiesPage:
    """The page of all schemes; those of a region are for the visitors of that region alone."""
    found = [
        each
        for each in visit.catalogue.all(Subsidy)
        if (not receiver or _receives(each, receiver)) and visit.wants(each, sector)
    ]
    data = [
        list_data(
            "Subsidies en leningen voor het onderwijs",
            [(each.title, visit.full_address(each)) for each in found if each.status != "ended"],
        )
    ]
    shell = visit.shell("Subsidies en leningen", _INTRO, notices=notices, data=data)
    groups = [
        MoneyGroup(
            status, heading, text, money_rows(visit.catalogue, shell, [each for each in found if each.status == status])
        )
        for status, heading, text in _GROUPS
    ]
    return SubsidiesPage(
        shell=shell,
        intro=_INTRO,
        groups=tuple(group for group in groups if group.rows),
        ended=tuple(_ended(visit, shell, each) for each in found if each.status == "ended"),
        receivers=choices(RECEIVER_FILTER, receiver),
        sectors=choices(SECTOR_FILTER, sector),
        is_filtered=bool(receiver or sector),
    )


def _receives(subsidy: Subsidy, receiver: str) -> bool:
    """Whether it is for the visitor, or for anybody else: schools, programmes and regions go together."""
    return (subsidy.recipient == "jij") == (receiver == "jij")


def _ended(visit: Visit, shell: Shell, subsidy: Subsidy) -> EndedRow:
    instead = visit.catalogue.find(subsidy.replaced_by) if subsidy.replaced_by else None
    return EndedRow(
        address=shell.to(subsidy),
        title=subsidy.title,
        text=subsidy.summary,
        instead=Link(shell.to(instead), instead.title) if instead else None,
    )
