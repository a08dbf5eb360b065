"""Forms that keep or erase something are taken from this site alone."""

from typing import Annotated

from fastapi import Depends, Request

from assistant.errors import LoketError


class FromElsewhere(LoketError):
    """A form that keeps or erases something was sent from a page of another site."""

    status_code = 403
    title = "Sent from another site"
    visitor_message = (
        "Dit formulier kwam van een andere website. Ga naar dezelfde pagina op deze site en probeer het daar."
    )

    def __init__(self) -> None:
        super().__init__("a form was sent from another site")


def _own(request: Request) -> None:
    """
    Refuses what another site sent. There is no cookie to misuse; but nobody should fill our store from elsewhere.

    :raises FromElsewhere: If the browser says that another site sent it.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise FromElsewhere


OwnForm = Annotated[None, Depends(_own)]
"""For a view that keeps or erases something."""
