"""What has changed, as a page and as a feed, in Dutch and English."""

from datetime import datetime
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from assistant.news.board import News
from assistant.news.feed import atom
from assistant.news.wording import Locale
from assistant.site.errors import SiteRoute
from assistant.site.pages.changes import (
    PATHS,
    TOPICS,
    ChangesFilter,
    change_address,
    changes_page,
    chosen_changes,
    route_filter,
)
from assistant.site.rendering import published, render
from assistant.site.visit import CurrentVisit, Visit
from assistant.storage.clock import utc_now

router = APIRouter(route_class=SiteRoute, include_in_schema=False)

ATOM = "application/atom+xml; charset=utf-8"


def _news(request: Request) -> News:
    return cast(News, request.app.state.news)


CurrentNews = Annotated[News, Depends(_news)]


@router.api_route("/veranderd", methods=["GET", "HEAD"])
def changes(request: Request, visit: CurrentVisit, news: CurrentNews) -> Response:
    """The newest first."""
    return _page(request, visit, news, "nl")


@router.api_route("/en/changes", methods=["GET", "HEAD"])
def changes_in_english(request: Request, visit: CurrentVisit, news: CurrentNews) -> Response:
    """The same in English."""
    return _page(request, visit, news, "en")


@router.api_route("/veranderd/feed", methods=["GET", "HEAD"])
def feed(request: Request, visit: CurrentVisit, news: CurrentNews) -> Response:
    """The newest, for feed readers."""
    return _feed(request, visit, news, "nl")


@router.api_route("/en/changes/feed", methods=["GET", "HEAD"])
def feed_in_english(request: Request, visit: CurrentVisit, news: CurrentNews) -> Response:
    """The same in English."""
    return _feed(request, visit, news, "en")


def _page(request: Request, visit: Visit, news: News, locale: Locale) -> Response:
    filters = {"onderwerp": TOPICS[locale], "route": route_filter(visit, locale)}
    number = visit.asked.get("pagina", "1")
    page = changes_page(
        visit,
        news.told(visit.catalogue, locale),
        locale,
        _chosen(visit, locale),
        visit.ignored(filters),
        max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
    )
    return render(request, "changes.html", page)


def _feed(request: Request, visit: Visit, news: News, locale: Locale) -> Response:
    found = chosen_changes(visit, news.told(visit.catalogue, locale), _chosen(visit, locale))
    query = f"?{request.url.query}" if request.url.query else ""
    body = atom(
        found,
        locale,
        page=visit.public_url + PATHS[locale],
        feed=f"{visit.public_url}{visit.path}{query}",
        address=lambda change: change_address(visit, locale, change),
        began=_start_of(utc_now()),
    )
    return published(request, body, ATOM)


def _chosen(visit: Visit, locale: Locale) -> ChangesFilter:
    return ChangesFilter(visit.chosen("onderwerp", TOPICS[locale]), visit.chosen("route", route_filter(visit, locale)))


def _start_of(moment: datetime) -> datetime:
    """The day, so that a feed without news stays the same all day."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
