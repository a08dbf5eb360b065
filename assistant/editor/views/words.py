"""The words of visitors: what nothing knows yet, put where it belongs as a draft, with what that does to answers."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Annotated, cast

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.answering.gaps import Gap, gaps
from assistant.answering.words import Near, Vocabularies, knowing, unknown_words
from assistant.desk.dependencies import Audit, Gaps, QuestionVectors, SignedInAdviser
from assistant.editor.dependencies import RecordEditor, SentForm, Served, Store, editor_of, first, require_region
from assistant.editor.looking import digest_now, is_running, start
from assistant.editor.pages.words import ADDRESS, INTENTS, Effect, QuestionRow, effect_of, suggested, words_page
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.settings import Settings
from assistant.storage.clock import utc_now
from knowledge.catalogue import Catalogue
from knowledge.index.dutch import words as words_in
from knowledge.publishing.errors import ContentRefused, EditorialProblem
from knowledge.publishing.item import ItemKey
from knowledge.publishing.opening import Editorial
from knowledge.publishing.words import IgnoredWords, WordDrafting

router = APIRouter(prefix="/desk/redactie", route_class=EditorRoute, include_in_schema=False)

_AGAIN_SECONDS = "5"
_QUESTIONS = 12
_NEAR = 3
_PASSAGES = 8
_MOST_SENTENCES = 50
_FIELDS = {"records": "also_called", "municipalities": "places"}
_DONE = {
    "bewaard": "Bewaard als concept. Kijk hieronder wat het doet met de antwoorden.",
    "weg": "Dit woord wordt niet meer voorgesteld.",
}


@router.get("/woorden")
def words(
    request: Request,
    editor: RecordEditor,
    store: Store,
    served: Served,
    asked: Gaps,
    vectors: QuestionVectors,
    zoek: Annotated[str, Query(max_length=80)] = "",
    gedaan: Annotated[str, Query(max_length=12)] = "",
) -> Response:
    """What nothing knows, what was put in, and what goes by a word."""
    catalogue, questions = served.catalogue, asked.unanswered(editor.account.regions)
    vocabularies = _vocabularies(request)
    unknown = unknown_words(questions, vocabularies.of(catalogue), IgnoredWords(store.sessions).all())
    rows = []
    for gap in gaps(questions, vectors)[:_QUESTIONS]:
        text, vector = gap.question, vectors(gap.question)
        search = partial(served.search.search, text, on=served.now().on, limit=_PASSAGES, vector=vector)
        rows.append(_question(gap, vocabularies.near_records(text, vector, catalogue, search), catalogue))
    known = knowing(zoek, catalogue)
    effect = _effect(store, editor)
    page = words_page(
        editor, catalogue, effect, unknown, rows, zoek.strip(), [*known["records"], *known["municipalities"]],
        _DONE.get(gedaan, ""),
    )  # fmt: skip
    response = render("editor/words.html", page)
    if effect is not None and effect.percent is not None:
        response.headers["Refresh"] = _AGAIN_SECONDS
    return response


@router.post("/woorden")
def put(editor: RecordEditor, store: Store, served: Served, audit: Audit, form: SentForm) -> Response:
    """Put a word or sentences where they belong, as a draft."""
    text, where = first(form, "woord"), first(form, "waar")
    if not text:
        raise EditorialProblem("no word", "Schrijf een woord of een zin.")
    drafting = WordDrafting(
        store.revisions, store.change_sets, editor_of(editor.account), next(iter(editor.account.regions), "")
    )
    match first(form, "soort"):
        case "records" | "municipalities" as group:
            key = ItemKey(group, where)
            if not 2 <= len(text) <= 80:
                raise EditorialProblem("no name", "Een naam heeft 2 tot 80 tekens.")
            require_region(editor.account, drafting.item(key).get("regions", ()))
            drafting.add_name(key, _FIELDS[group], text)
            audit.record(Action.ITEM_CHANGED, str(key)[:64])
        case "zin":
            sentences = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
            if len(sentences) > _MOST_SENTENCES:
                raise EditorialProblem("too many sentences", f"Hooguit {_MOST_SENTENCES} zinnen tegelijk.")
            intent = first(form, "bedoeling")
            if where:
                require_region(editor.account, drafting.item(ItemKey("records", where)).get("regions", ()))
                drafting.add_sentences(where, _intent_of(where, served.catalogue), sentences)
            elif intent in INTENTS:
                drafting.add_sentences(None, intent, sentences)
            else:
                raise EditorialProblem("sentences for nothing", "Kies waar de zin om vraagt.")
            audit.record(Action.ITEM_CHANGED, "phrasings", detail=where[:120] or intent)
        case _:
            raise EditorialProblem("no such kind of word", "Dit kan hier niet.")
    return RedirectResponse(f"{ADDRESS}?gedaan=bewaard#effect", status_code=303)


@router.post("/woorden/effect")
def look(request: Request, editor: RecordEditor, store: Store, _: SentForm) -> Response:
    """Ask the development cases with and without the words that were put in."""
    drafting = WordDrafting(store.revisions, store.change_sets, editor_of(editor.account), "")
    change_set = drafting.open()
    if change_set is None:
        raise EditorialProblem("nothing to look at", "Je hebt nog geen woorden toegevoegd.")
    if problems := store.publisher.problems(change_set.id):
        raise ContentRefused(problems)
    if not is_running(store.consequences.get(change_set.id), utc_now()):
        start(store, cast(Settings, request.app.state.settings), change_set.id, utc_now())
    return RedirectResponse(f"{ADDRESS}#effect", status_code=303)


@router.post("/woorden/laten")
def ignore(editor: RecordEditor, store: Store, form: SentForm) -> Response:
    """Suggest a word no more."""
    for word in words_in(first(form, "woord"))[:1]:
        IgnoredWords(store.sessions).ignore(word, editor.account.name, utc_now())
    return RedirectResponse(f"{ADDRESS}?gedaan=weg", status_code=303)


def _vocabularies(request: Request) -> Vocabularies:
    state = request.app.state
    if not hasattr(state, "vocabularies"):
        state.vocabularies = Vocabularies()
    return cast(Vocabularies, state.vocabularies)


def _effect(store: Editorial, editor: SignedInAdviser) -> Effect | None:
    change_set = WordDrafting(store.revisions, store.change_sets, editor_of(editor.account), "").open()
    if change_set is None:
        return None
    looked = store.consequences.get(change_set.id)
    drafts = store.revisions.changed_in(change_set.id)
    return effect_of(change_set, drafts, looked, digest_now(store, change_set.id), utc_now())


def _question(gap: Gap, near: Sequence[str], catalogue: Catalogue) -> QuestionRow:
    records = [record for record in map(catalogue.find, near) if record is not None][:_NEAR]
    return QuestionRow(
        gap.turn_id,
        gap.question,
        "1 keer" if gap.count == 1 else f"{gap.count} keer",
        "\n".join((gap.question, *gap.examples)),
        suggested(Near("records", each.id, each.title, each.title) for each in records),
    )


def _intent_of(record_id: str, catalogue: Catalogue) -> str:
    """What the sentences that ask for a record usually want; else what its kind is about."""
    counted = Counter(phrasing.intent for phrasing in catalogue.content.phrasings if phrasing.answers == record_id)
    if counted:
        return counted.most_common(1)[0][0]
    record = catalogue.find(record_id)
    kinds = {
        "route": "route_info", "cost": "cost", "subsidy": "subsidy", "salary": "salary", "vacancy": "vacancy",
        "loket": "loket", "event": "event", "orientation": "orientation", "term": "definition", "figure": "figure",
    }  # fmt: skip
    return kinds.get(record.kind.value if record else "", "route_info")
