"""The pages of the editor by address: a module a page."""

from fastapi import APIRouter

from assistant.editor.views import (
    address,
    assets,
    bulk,
    change_sets,
    consequences,
    fetching,
    items,
    keeping,
    newsletter,
    overview,
    proposals,
    publications,
    regions,
    sheets,
    taking_over,
    translating,
    trials,
    upkeep,
    words,
)

router = APIRouter()
for _part in (
    address,
    assets,
    overview,
    items,
    keeping,
    bulk,
    change_sets,
    consequences,
    fetching,
    proposals,
    publications,
    regions,
    sheets,
    taking_over,
    translating,
    trials,
    newsletter,
    upkeep,
    words,
):
    router.include_router(_part.router)
