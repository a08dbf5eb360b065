"""The pages of the desk by address: a module a page. The last one answers to every address that is none."""

from fastapi import APIRouter

from assistant.desk.views import assets, dossier, elsewhere, inbox, signing_in, talks

router = APIRouter()
for _part in (assets, signing_in, inbox, dossier, talks, elsewhere):
    router.include_router(_part.router)
