"""What each role may do at the desk: one table, and the pages ask it."""

from collections.abc import Mapping
from enum import StrEnum


class May(StrEnum):
    """Something that a page is for."""

    OWN_ACCOUNT = "own_account"
    """One's own password, second step and sessions."""
    LEADS = "leads"
    """Reading and working on the leads of one's regions, and their figures."""
    QUESTIONS = "questions"
    """What visitors asked without getting a good answer."""
    DOCUMENTS = "documents"
    """Documents and sums for schools, from the published records."""
    RECORDS = "records"
    """The records as they stand, drafts and doubts included."""
    TEAM = "team"
    """Inviting, changing and disabling the accounts of one's regions."""
    AUDIT = "audit"
    """Who saw and changed what in one's regions."""
    PRIVACY = "privacy"
    """How long things are kept; giving and erasing what is known of one person."""


class Role(StrEnum):
    """The work somebody does here."""

    ADVISER = "adviser"
    EDITOR = "editor"
    REGION_ADMIN = "region_admin"

    def may(self, what: May) -> bool:
        """Whether somebody with this role may do it, in their own regions."""
        return what in ROLES[self]


ROLES: Mapping[Role, frozenset[May]] = {
    Role.ADVISER: frozenset({May.OWN_ACCOUNT, May.LEADS, May.QUESTIONS, May.DOCUMENTS}),
    Role.EDITOR: frozenset({May.OWN_ACCOUNT, May.QUESTIONS, May.DOCUMENTS, May.RECORDS}),
    Role.REGION_ADMIN: frozenset(May),
}
