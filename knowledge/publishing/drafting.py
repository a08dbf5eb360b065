"""Drafting: what was proposed, put as drafts in one change set that goes the way of any edit."""

from knowledge.publishing.change_sets import ChangeSetStore
from knowledge.publishing.item import ItemKey, Json, parsed
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
