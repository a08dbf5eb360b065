"""Drafting: what was proposed, put as drafts in one change set that goes the way of any edit."""

from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from knowledge.publishing.change_sets import ChangeSetStore
from knowledge.publishing.item import ItemKey, Json, parsed
from knowledge.publishing.opening import open_editorial, open_sessions
from knowledge.publishing.proposal import NotOpen, Overtaken
from knowledge.publishing.proposals import ProposalStore
from knowledge.publishing.revisions import Editor, RevisionStore


class Drafting:
    """Reads items as they are and writes drafts of them, as `ProposalStore` asks it to."""

    def __init__(
        self, revisions: RevisionStore, change_sets: ChangeSetStore, name: str, title: str, region: str = ""
    ) -> None:
        """
        :param name: Who the drafts say that they are by.
        :param title: Of the change set, which begins with the first draft.
        """
        self._revisions = revisions
        self._change_sets = change_sets
        self._name = name
        self._title = title
        self._region = region
        self._change_set = ""

    def read(self, group: str, item_id: str) -> Json | None:
        """The item as it is published, or as it was drafted here."""
        key = ItemKey(group, item_id)
        draft = self._revisions.draft(self._change_set, key) if self._change_set else None
        return draft.content if draft else self._revisions.published(key)

    def write(self, group: str, item_id: str, content: Json, by: str, comment: str) -> str:
        """
        Keep a draft.

        :param by: The id of the account, which may not be the only one to approve it.
        :returns: The id of the change set.
        :raises ValidationError: If the model refuses the content; then no change set is left behind.
        """
        parsed(group, content)
        editor, key = Editor(by, self._name), ItemKey(group, item_id)
        if not self._change_set:
            self._change_set = self._change_sets.begin(self._title, editor, self._region).id
        draft = self._revisions.draft(self._change_set, key)
        self._revisions.save(self._change_set, key, content, editor, draft.id if draft else None, comment)
        return self._change_set


def take_over_trusted(url: str, folder: Path | None, now: datetime) -> int:
    """
    Make drafts of what waits from sources that editors trust for every field of it; how many.

    What does not fit the item any more stays for an editor to look at.

    :param url: Of the knowledge store. :param folder: With the content as delivered; None: the product's own.
    :raises ContentError, KnowledgeUnavailable: As `open_editorial`.
    """
    proposals, taken = ProposalStore(open_sessions(url)), 0
    trusted = {source_id for source_id, _, _ in proposals.trusted()}
    waiting = sorted(each for each in trusted if proposals.list("open", source_id=each, limit=1))
    if not waiting:
        return 0
    store = open_editorial(url, folder)
    for source_id in waiting:
        drafting = Drafting(store.revisions, store.change_sets, f"Bron {source_id}", f"Van de bron {source_id}")
        try:
            taken += proposals.take_over(source_id, now, drafting.read, drafting.write)
        except (NotOpen, Overtaken, ValidationError):
            continue
    return taken
