"""Whether it runs, whether it is ready, and how it is doing."""

from typing import Any, cast

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from assistant.answering.published import Publication
from assistant.api.dependencies import StoreSession
from assistant.api.problem import problems

router = APIRouter(tags=["operation"])


@router.get("/healthz")
def health() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz", responses=problems(503))
def ready(request: Request, session: StoreSession) -> dict[str, Any]:
    """Questions can be answered: with words at once, with meaning too when the index is `full`."""
    session.execute(text("SELECT 1"))
    knowledge = cast(Publication, request.app.state.knowledge)
    return {
        "status": "ready",
        "catalogue": knowledge.catalogue.version,
        "records": len(knowledge.catalogue),
        "index": dict(knowledge.search.status()),
    }


@router.get("/metrics", response_class=PlainTextResponse)
def metrics() -> PlainTextResponse:
    """Counters and times, as Prometheus reads them."""
    return PlainTextResponse(generate_latest(), media_type=CONTENT_TYPE_LATEST)
