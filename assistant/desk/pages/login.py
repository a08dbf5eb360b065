"""The ways in: the login form, the code of the second step, and what was being sent when a session was over."""

from dataclasses import dataclass, replace
from urllib.parse import quote

from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.kept import KeptForm
from assistant.desk.pages.parts import Shell, shell

_LABELS = {
    "text": "Je tekst",
    "notitie": "Je notitie",
    "bericht": "Je bericht",
    "onderwerp": "Onderwerp",
    "body": "Je bericht",
}
_LONG = 40
_STILL_THERE = "Je tekst staat er nog"


@dataclass(frozen=True)
class LoginPage:
    """The login form."""

    shell: Shell
    token: str
    next: str
    email: str = ""
    error: str = ""
    kept: str = ""
    """What was being sent, sealed; empty: nothing."""
    elsewhere: str = ""
    """What the organisation calls its own login; empty: it has none."""

    @property
    def elsewhere_address(self) -> str:
        """Where that begins."""
        return f"/desk/login/extern?next={quote(self.next, safe='')}"


@dataclass(frozen=True)
class CodePage:
    """The form for the code of an app."""

    shell: Shell
    token: str
    next: str
    error: str = ""
    kept: str = ""


@dataclass(frozen=True)
class KeptField:
    """A field that was filled in."""

    name: str
    value: str
    label: str
    """Empty: it is not shown, as it was not typed."""


@dataclass(frozen=True)
class KeptPage:
    """What was being sent, to send after all or not."""

    shell: Shell
    why: str
    action: str
    back: str
    fields: tuple[KeptField, ...]
    can_send: bool = True
    """Whether it can be sent from here; else it can be copied."""


def kept_page(adviser: SignedInAdviser, kept: KeptForm) -> KeptPage:
    """The page on which somebody finds what they were sending when their session was over."""
    why = "Je was iets aan het versturen toen je inlog voorbij was. Er is nog niets verstuurd."
    return _kept_page(shell(_STILL_THERE, adviser), why, kept)


def unsent_page(kept: KeptForm, csrf: str) -> KeptPage:
    """
    The same for what could not be stored.

    :param csrf: The token that came with the form, which the next try needs too; who is there cannot be asked now.
    """
    why = "We kunnen er nu even niet bij. Er is nog niets opgeslagen of verstuurd. Wacht een halve minuut."
    return _kept_page(Shell(_STILL_THERE, csrf=csrf), why, kept)


def too_long_page(kept: KeptForm) -> KeptPage:
    """The same for what is too long to go along with the login form: to be copied, before it is lost."""
    why = "Je inlog was voorbij, en dit is te lang om te bewaren terwijl je inlogt. Er is nog niets verstuurd."
    return replace(_kept_page(shell(_STILL_THERE), why, kept), can_send=False)


def _kept_page(around: Shell, why: str, kept: KeptForm) -> KeptPage:
    parent = kept.path.rpartition("/")[0] or "/desk"
    return KeptPage(
        shell=around,
        why=why,
        action=kept.path,
        back=parent if parent.startswith("/desk") else "/desk",
        fields=tuple(KeptField(name, value, _label(name, value)) for name, value in kept.fields),
    )


def _label(name: str, value: str) -> str:
    if name.startswith("was-"):
        return ""  # What stood there before, and was not typed.
    if name in _LABELS:
        return _LABELS[name]
    return "Wat je schreef" if len(value) > _LONG or "\n" in value else ""
