"""The pages of the desk by address: a module a page. The last one answers to every address that is none."""

from fastapi import APIRouter

from assistant.desk.views import (
    account,
    agenda,
    assets,
    audit,
    days_along,
    dossier,
    elsewhere,
    events,
    figures,
    inbox,
    links,
    needs,
    openid,
    privacy,
    signing_in,
    talks,
    team,
    work,
    yearly,
)

router = APIRouter()
for _part in (
    assets,
    signing_in,
    openid,
    links,
    account,
    team,
    audit,
    privacy,
    inbox,
    dossier,
    work,
    talks,
    figures,
    yearly,
    needs,
    agenda,
    events,
    days_along,
    elsewhere,
):
    router.include_router(_part.router)
