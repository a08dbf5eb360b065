"""Whether it runs, whether it is ready, and how it is doing."""

from typing import Any, cast

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from assistant.answering.published import Publication
from assistant.api.dependencies import StoreSession

router = APIRouter(tags=["operation"])


@router.get("/healthz")
def health() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
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


@router.get("/metrics")
def metrics() -> Response:
    """Counters and times, as Prometheus reads them."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
