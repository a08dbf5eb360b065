"""Which of what sources propose is for an editor: what is of their own regions, and what holds everywhere."""

from collections.abc import Mapping, Sequence

from assistant.desk.dependencies import SignedInAdviser
from knowledge.publishing.item import ItemKey, Json
from knowledge.publishing.opening import Editorial
from knowledge.publishing.proposal import Proposal
from knowledge.publishing.proposals import ProposalStore
from knowledge.watched import Overseeing

_MOST = 2_000
"""Looked at in one go; a desk where more wait has another problem than their order."""


def of_their_regions(
    editor: SignedInAdviser, waiting: ProposalStore, store: Editorial, overseer: Overseeing
) -> tuple[Proposal, ...]:
    """
    The proposals that wait for this editor, what does the most damage first.

    Of an item that is there its regions count, of one that is not those that are proposed, else those of the source.
    """
    found = waiting.list("open", limit=_MOST)
    there = store.revisions.published_all({_key(each) for each in found})
    regions = overseer.regions_of()
    mine = set(editor.account.regions)
    told = ((each, regions_of(each, there.get(_key(each)), regions)) for each in found)
    return tuple(each for each, of in told if not of or not mine.isdisjoint(of))


def regions_of(proposal: Proposal, item: Json | None, of_sources: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """
    The regions that a proposal is for; none: all.

    :param item: As it is published; None: it is not there.
    :param of_sources: By source the regions that it holds for.
    """
    if item is not None:
        return item.get("regions") or ()
    proposed = next((each.after for each in proposal.proposed.changes if each.field == "regions"), None)
    return proposed or of_sources.get(proposal.source_id, ())


def _key(proposal: Proposal) -> ItemKey:
    return ItemKey(proposal.proposed.group, proposal.proposed.item_id)
