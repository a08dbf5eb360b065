"""What a route may ask for of what is published, by type."""

from typing import Annotated, cast

from fastapi import Depends, Request

from assistant.answering.published import Publication, Published


def _published(request: Request) -> Published:
    return cast(Publication, request.app.state.knowledge).now()


Now = Annotated[Published, Depends(_published)]
"""What visitors are answered from today."""
