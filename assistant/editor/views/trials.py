"""Trying: ask as a visitor would, of what is published or of any change, and keep a good answer as a case."""

import json
from collections.abc import Sequence
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from assistant.answering.published import Publication
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import choices, shell
from assistant.editor.dependencies import RecordEditor, SentForm, Served, Store, first
from assistant.editor.looking import digest_now
from assistant.editor.pages.trial import LOCALES, TrialPage, kept_rows, shown_turn
from assistant.editor.reading import Form
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.editor.trying import Drafts, Said, TriedTurn, tried
from assistant.storage.clock import utc_now
from knowledge.catalogue import Catalogue
from knowledge.place import Region
from knowledge.publishing.case_files import case_of
from knowledge.publishing.errors import NoSuchItem
from knowledge.publishing.opening import Editorial
from knowledge.reader import publish

router = APIRouter(prefix="/desk/redactie/proberen", route_class=EditorRoute, include_in_schema=False)
_MOST_TURNS = 12
_LONGEST = 2000
_MOST_CITED = 3
_PUBLISHED = "wat er gepubliceerd is"
_DONE = {"bewaard": "Bewaard als testvraag. Bij elke volgende wijziging kijken we of het antwoord goed blijft.",
         "weg": "De testvraag is weggehaald."}  # fmt: skip
_NOTHING_SAID = "Typ eerst wat de bezoeker vraagt."
_NOT_OPENED = "De wijziging kon niet worden klaargezet. Probeer het nog eens."


@router.get("")
def begin(
    request: Request,
    editor: RecordEditor,
    store: Store,
    served: Served,
    wijziging: Annotated[str, Query(max_length=40)] = "",
    regio: Annotated[str, Query(max_length=80)] = "",
    gedaan: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """An empty conversation."""
    trial = _Trial(request, editor, store, served, {"wijziging": [wijziging], "regio": [regio]})
    return render("editor/trial.html", trial.page(done=_DONE.get(gedaan, "")))


@router.post("")
def ask(request: Request, editor: RecordEditor, store: Store, served: Served, form: SentForm) -> Response:
    """The conversation with one message or tapped answer more."""
    trial = _Trial(request, editor, store, served, form)
    more = first(form, "keuze") or (f"t:{first(form, 'vraag')}" if first(form, "vraag") else "")
    return render("editor/trial.html", trial.asked(more))


@router.post("/bewaren")
def keep(request: Request, editor: RecordEditor, store: Store, served: Served, form: SentForm) -> Response:
    """Keep what was asked, and that the answer was right, as a case."""
    trial = _Trial(request, editor, store, served, form)
    turns = trial.turns()
    if not turns:
        return render("editor/trial.html", trial.asked(""))
    reply, catalogue = turns[-1].answered.reply, trial.catalogue()
    cited = [each.record_id for each in reply.citations if catalogue.find(each.record_id) is not None]
    prefix = reply.status.split("_")[0]
    expect: dict[str, Any] = {"status": [prefix if prefix in ("answered", "asked") else str(reply.status)]}
    if cited:
        expect["cites_any"] = list(dict.fromkeys(cited))[:_MOST_CITED]
    source = reply.citations[0].title if reply.citations else f"redactie, {editor.account.name}"
    said = [each.said.text or shown_turn(1, each, catalogue).said for each in turns]
    language = reply.understanding.language
    case = case_of(said, trial.region, expect, source, store.cases.all(), locale=language)
    store.cases.keep(case["id"], case, editor.account.name, utc_now())
    return RedirectResponse(
        f"/desk/redactie/proberen?wijziging={trial.change}&regio={trial.region}&gedaan=bewaard", status_code=303
    )


@router.post("/weg")
def drop(editor: RecordEditor, store: Store, form: SentForm) -> Response:  # noqa: ARG001
    """Take a case away."""
    store.cases.remove(first(form, "testvraag"))
    return RedirectResponse("/desk/redactie/proberen?gedaan=weg", status_code=303)


class _Trial:
    """What a form says, and the assistant that it is asked of."""

    def __init__(
        self, request: Request, editor: SignedInAdviser, store: Editorial, served: Publication, form: Form
    ) -> None:
        self._editor, self._store, self._served = editor, store, served
        self._drafts = cast(Drafts, request.app.state.drafts)
        self.change = first(form, "wijziging")
        self._open = {
            each.id: each.title
            for each, _ in store.change_sets.list()
            if each.state in ("draft", "in_review", "approved")
        }
        if self.change and self.change not in self._open:
            raise NoSuchItem(self.change)
        regions = {each.id: each.title for each in served.catalogue.all(Region)}
        mine = next(iter(editor.account.regions), next(iter(regions), ""))
        self.region = first(form, "regio") if first(form, "regio") in regions else mine
        self._regions = regions
        self._locale: Literal["nl", "en"] = "en" if first(form, "taal") == "en" else "nl"
        self._said = [each for each in form.get("gezegd", ()) if _parsed(each)][:_MOST_TURNS]
        self._publication: Publication | None = None
        self._problems: tuple[str, ...] = ()
        self._is_waiting = False
        self._error = ""

    def asked(self, more: str) -> TrialPage:
        """The page after one thing more was said."""
        if not more and not self._said:
            self._error = _NOTHING_SAID
        if more and len(self._said) < _MOST_TURNS:
            self._said = [*self._said, more[: _LONGEST + 2]]
        turns = self.turns()
        if self._is_waiting or self._problems or self._error:
            typed = more.removeprefix("t:") if more.startswith("t:") else ""
            if typed and self._said:
                self._said = self._said[:-1]
            return self.page(turns[: len(self._said)], typed)
        return self.page(turns)

    def turns(self) -> list[TriedTurn]:
        """Everything that was said, answered anew; nothing while the change is being made ready."""
        publication = self._opened()
        if publication is None:
            return []
        said = [parsed for each in self._said if (parsed := _parsed(each)) is not None]
        turns, wrong = tried(publication, said, self.region, self._locale, publication.now().on)
        if wrong:
            self._error, self._said = wrong, self._said[: len(turns)]
        return turns

    def catalogue(self) -> Catalogue:
        """What is asked."""
        return (self._publication or self._served).catalogue

    def page(self, turns: Sequence[TriedTurn] = (), typed: str = "", done: str = "") -> TrialPage:
        """The page."""
        return TrialPage(
            shell=shell("Proberen", self._editor),
            changes=choices({"": _PUBLISHED.capitalize(), **self._open}, self.change),
            regions=choices(self._regions, self.region),
            locales=choices(LOCALES, self._locale),
            what=self._open.get(self.change, _PUBLISHED),
            said=tuple(self._said),
            turns=tuple(shown_turn(number, turn, self.catalogue()) for number, turn in enumerate(turns, 1)),
            is_waiting=self._is_waiting,
            problems=self._problems,
            error=self._error,
            done=done,
            typed=typed,
            cases=kept_rows(self._store.cases.all(), utc_now()),
            is_full=len(self._said) >= _MOST_TURNS,
        )

    def _opened(self) -> Publication | None:
        if not self.change:
            self._publication = self._served
            return self._served
        self._problems = tuple(each.dutch for each in self._store.publisher.problems(self.change))
        if self._problems:
            return None
        change, publisher = self.change, self._store.publisher
        try:
            self._publication = self._drafts.opened(
                digest_now(self._store, change), lambda: publish(publisher.content_with(change))
            )
        except OSError:
            self._error = _NOT_OPENED
            return None
        self._is_waiting = self._publication is None
        return self._publication


def _parsed(said: str) -> Said | None:
    """What a form field says; None for what no page of ours sends."""
    kind, _, rest = said.partition(":")
    if kind == "t" and rest.strip():
        return Said(text=rest[:_LONGEST])
    if kind != "k":
        return None
    try:
        name, value = json.loads(rest)
    except (ValueError, TypeError):
        return None
    return Said(choice=(str(name), value)) if isinstance(value, str | int | bool | list | None) else None
