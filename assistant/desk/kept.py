"""
What somebody was sending when their session turned out to be over: it goes with the login form, and comes back.

Nothing of it is stored. It is signed, and only taken from a browser that carries a session of ours, over or not: a form
that another site sends carries none, so nobody can be made to send what somebody else wrote.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from assistant.accounts.signed import read_signed, signed
from assistant.desk.signing import session_token
from assistant.settings import Settings

_PURPOSE = "kept"
_LASTS = timedelta(hours=24)
LONGEST_SEALED = 1_000_000
"""Signs: a field of a form may weigh a megabyte. It is compressed, so that two or three times as much text fits in it."""
_NEVER = ("csrf", "token", "password", "wachtwoord", "code", "kept", "secret")
_OURS = ("/desk", "/redactie")


@dataclass(frozen=True)
class KeptForm:
    """A form that was not taken: where it went, and what was in it."""

    path: str
    fields: tuple[tuple[str, str], ...]
    account_id: str = ""
    """Whose session it was, as far as we still know."""

    def sealed(self, settings: Settings) -> str:
        """As it goes with a form; longer than `LONGEST_SEALED` it cannot."""
        content: dict[str, Any] = {"path": self.path, "fields": self.fields, "account": self.account_id}
        return signed(settings, _PURPOSE, content)


async def kept_of(request: Request, account_id: str) -> KeptForm | None:
    """What a request was sending, if it is worth keeping and came from a page of ours."""
    from_elsewhere = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    if request.method != "POST" or from_elsewhere or not session_token(request):
        return None
    fields = tuple(
        (name, value)
        for name, value in (await request.form()).multi_items()
        if not isinstance(value, UploadFile) and not any(part in name.lower() for part in _NEVER)
    )
    if not any(value.strip() for _, value in fields):
        return None
    return KeptForm(request.url.path, fields, account_id)


def read_kept(settings: Settings, sealed: str) -> KeptForm | None:
    """What goes with a form, unless it was tampered with or is a day old."""
    content = read_signed(settings, _PURPOSE, sealed, _LASTS) if sealed else None
    if content is None or not str(content["path"]).startswith(_OURS):
        return None
    fields = tuple((str(name), str(value)) for name, value in content["fields"])
    return KeptForm(str(content["path"]), fields, str(content["account"]))
