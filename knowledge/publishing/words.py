"""Words of visitors, put into items as drafts: another name, a place, a sentence that asks for it."""

from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select

from knowledge.database import Sessions
from knowledge.phrasing import Phrasing
from knowledge.publishing.change_sets import ChangeSet, ChangeSetStore
from knowledge.publishing.errors import EditorialProblem, NoSuchItem
from knowledge.publishing.item import ItemKey, Json, dumped, parsed
from knowledge.publishing.outside_tables import IgnoredWordRow
from knowledge.publishing.revisions import Editor, RevisionStore

TITLE = "Woorden van bezoekers"
"""Of the change set in which an editor's words come together."""


class IgnoredWords:
    """Words with which nothing is to be done. Each call is a transaction."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def all(self) -> frozenset[str]:
        """Every one of them, folded."""
        with self._sessions() as session:
            return frozenset(session.scalars(select(IgnoredWordRow.word)))

    def ignore(self, word: str, author: str, at: datetime) -> None:
        """Suggest this word no more."""
        with self._sessions.begin() as session:
            session.merge(IgnoredWordRow(word=word[:80], author=author, at=at))


class WordDrafting:
    """Puts an editor's words into one change set of theirs, which begins with the first."""

    def __init__(self, revisions: RevisionStore, change_sets: ChangeSetStore, by: Editor, region: str) -> None:
        self._revisions = revisions
        self._change_sets = change_sets
        self._by = by
        self._region = region

    def open(self) -> ChangeSet | None:
        """The change set with the words that the editor put in and did not hand over yet."""
        drafts = self._change_sets.list(("draft",), limit=200)
        return next((each for each, _ in drafts if each.author_id == self._by.id and each.title == TITLE), None)

    def item(self, key: ItemKey) -> Json:
        """
        An item as it would be: with what was put in before.

        :raises NoSuchItem: If there is none.
        """
        change_set = self.open()
        draft = self._revisions.draft(change_set.id, key) if change_set else None
        found = draft.content if draft else self._revisions.published(key)
        if found is None:
            raise NoSuchItem(f"no item {key}")
        return found

    def add_name(self, key: ItemKey, field: str, word: str) -> ChangeSet:
        """
        Add a name to a list of an item: `also_called` of a record, `places` of a municipality.

        :raises NoSuchItem: If there is no such item.
        :raises EditorialProblem: If it has the name already, or cannot have it.
        """
        item = self.item(key)
        names: list[Any] = list(item.get(field, ()))
        if word.casefold() in (str(each).casefold() for each in names):
            raise EditorialProblem(f"{key} has {field} already", f"‘{word}’ staat er al bij.")
        return self._keep(key, {**item, field: [*names, word]}, f"‘{word}’ erbij")

    def add_sentences(self, answers: str | None, intent: str, sentences: list[str]) -> ChangeSet:
        """
        Add sentences that ask for a record, or that say what somebody wants without any.

        :param answers: Id of the record; None: no record answers it.
        :raises EditorialProblem: If a sentence is too short or too long.
        """
        data: Json = {"intent": intent, "asks": sentences} | ({"answers": answers} if answers else {})
        try:
            phrasing = Phrasing.model_validate(data)
        except ValidationError as error:
            raise EditorialProblem(
                f"no phrasing: {error.error_count()} errors",
                "Schrijf elke zin op een eigen regel, van 2 tot 400 tekens.",
            ) from error
        return self._keep(ItemKey("phrasings", phrasing.id), dumped(phrasing), "Zo vragen mensen het")

    def _keep(self, key: ItemKey, data: Json, comment: str) -> ChangeSet:
        try:
            parsed(key.group, data)
        except ValidationError as error:
            raise EditorialProblem(
                f"{key} does not take it: {error.error_count()} errors", "Dit past er niet bij. Kijk na wat je schreef."
            ) from error
        change_set = self.open() or self._change_sets.begin(TITLE, self._by, self._region)
        draft = self._revisions.draft(change_set.id, key)
        self._revisions.save(change_set.id, key, data, self._by, draft.id if draft else None, comment)
        return change_set
