"""Mail that somebody asked for begins only with a second yes, by the link in the first mail, and stops with the same link."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, Protocol, TypeVar

from fastapi import Form, Path, Request
from starlette.responses import Response

from assistant.leads.contact import parse_email
from assistant.site.pages.result import message_page
from assistant.site.rendering import Page, render_own
from assistant.site.visit import Visit

Code = Annotated[str, Path(max_length=64)]
"""What stands in every mail, and opens the page."""
Decision = Annotated[Literal["bevestig", "stop"], Form()]

_Alert = TypeVar("_Alert")


class Alerts(Protocol[_Alert]):
    """Where it is kept what somebody asked for."""

    def opened_by(self, code: str) -> _Alert | None:
        """What a code opens; None: nothing any more."""
        ...

    def confirm(self, alert: _Alert, /) -> None:
        """The mail may begin."""
        ...

    def stop(self, alert: _Alert, /) -> None:
        """Erase it."""
        ...


def wished(email: str, agreed: str) -> tuple[str | None, str]:
    """
    Who asks for mail.

    :returns: The address, or None; and what is wrong, empty if nothing is.
    """
    address = parse_email(email) if email.strip() else None
    if address is None:
        return None, "Vul je e-mailadres in, met een @ erin."
    if not agreed:
        return None, "Zet een vinkje als je wilt dat wij je mailen. Zonder je toestemming doen wij dat niet."
    return address, ""


@dataclass(frozen=True)
class SecondYes(Generic[_Alert]):
    """The pages of one kind of mail, with what they say."""

    template: str
    page: Callable[[Visit, _Alert], Any]
    """The page about what somebody asked for."""
    sent: str
    """What is said of the first mail, whether there is such an address or not."""
    stopped: str
    gone: str

    def asked(self, request: Request, visit: Visit) -> Response:
        """The same words whether they had asked before or not: a page does not tell who asked for what."""
        return self._told(request, visit, "Kijk in je mail", self.sent)

    def look(self, request: Request, visit: Visit, alert: _Alert | None) -> Response:
        """What is asked for, with buttons; looking changes nothing, since mail programs look too."""
        if alert is None:
            return self._told(request, visit, "Deze mail is er niet meer", self.gone, 404)
        page: Page = self.page(visit, alert)
        return render_own(request, self.template, page)

    def decide(self, alerts: Alerts[_Alert], code: str, decision: str) -> tuple[_Alert | None, bool]:
        """
        Begin or stop the mail.

        :returns: What is asked for by now; and whether it was stopped, so that traces are to be dropped.
        """
        alert = alerts.opened_by(code)
        if alert is None:
            return None, False
        if decision == "stop":
            alerts.stop(alert)
            return None, True
        alerts.confirm(alert)
        return alerts.opened_by(code), False

    def decided(self, request: Request, visit: Visit, alert: _Alert | None, is_stopped: bool) -> Response:
        """The page after `decide`."""
        if is_stopped:
            return self._told(request, visit, "De mail is gestopt", self.stopped)
        return self.look(request, visit, alert)

    def _told(self, request: Request, visit: Visit, title: str, text: str, status_code: int = 200) -> Response:
        return render_own(request, "message.html", message_page(visit, title, text), status_code)
