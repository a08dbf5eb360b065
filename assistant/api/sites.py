"""Which sites may embed the widget: on another one its visitor reads so, instead of waiting for a connection that never comes."""

import logging

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.problem import problem_of
from assistant.errors import SiteNotAllowed
from assistant.settings import Settings

_log = logging.getLogger(__name__)

_MOST_LOGGED = 100
_LONGEST_ORIGIN = 200


class AllowedSites:
    """
    Refuses the API to pages of other sites, before any route is met, in words that such a page can show.

    CORS alone lets a browser tell a page no more than that there is no connection. Browsers say themselves whether a page is
    of this site (`Sec-Fetch-Site`), so nothing is taken from one that is, whatever stands in between; one that does not say
    is left to CORS.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._allowed = frozenset(settings.allowed_origins)
        self._home = settings.public_url if "public_url" in settings.model_fields_set else ""
        self._logged: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = self._refused(scope)
        if origin is None:
            await self._app(scope, receive, send)
            return
        headers = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
        if scope["method"] == "OPTIONS":
            # So that the refusal itself may come: the request after it gets that and no more.
            headers |= {
                "Access-Control-Allow-Methods": "GET, POST, PATCH, DELETE",
                "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
            }
            await Response(status_code=204, headers=headers)(scope, receive, send)
            return
        self._tell_operator(origin)
        refusal = problem_of(SiteNotAllowed(origin, self._home))
        refusal.headers.update(headers)
        await refusal(scope, receive, send)

    def _refused(self, scope: Scope) -> str | None:
        """The site that asks and may not."""
        if scope["type"] != "http" or "*" in self._allowed or not scope["path"].startswith("/api/"):
            return None
        headers = Headers(scope=scope)
        origin = headers.get("origin", "")
        is_other = headers.get("sec-fetch-site", "") in ("cross-site", "same-site")
        return origin if origin and is_other and origin not in self._allowed else None

    def _tell_operator(self, origin: str) -> None:
        if origin not in self._logged and len(self._logged) < _MOST_LOGGED:
            self._logged.add(origin)
            _log.warning(
                "a page of %r embeds the widget and is refused; if it may, add it to LOKET_ALLOWED_ORIGINS",
                origin[:_LONGEST_ORIGIN],
            )
