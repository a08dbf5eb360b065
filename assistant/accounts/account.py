"""Somebody who may log in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.accounts.role import May, Role


@dataclass(frozen=True)
class Account:
    """A colleague."""

    id: str
    name: str
    email: str
    roles: Mapping[str, Role]
    """By region what they are there, in the order in which they got them."""
    disabled: bool
    stamp: str
    """Changes with the password, so that what was begun with an old one cannot be finished."""
    has_password: bool = True
    """False: invited, and not come in yet, or somebody who logs in elsewhere."""
    has_second_step: bool = False
    last_login_at: datetime | None = None
    here_for: May | None = None
    """What they are doing: only the regions in which they may do that count as theirs. None: all of them do."""

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that are theirs, for what they are here for."""
        wanted = self.here_for
        return tuple(region for region, role in self.roles.items() if wanted is None or role.may(wanted))

    def may(self, what: May, region: str | None = None) -> bool:
        """Whether they may do it in a region; with none given, in any. Their own account is everybody's."""
        roles = self.roles.values() if region is None else (self.roles[region],) if region in self.roles else ()
        return what is May.OWN_ACCOUNT or any(role.may(what) for role in roles)

    def doing(self, what: May) -> "Account":
        """The same colleague, of whom only the regions count in which they may do it."""
        return replace(self, here_for=what)
