"""The real widget in a real Chromium, against a scripted API: it says what a test needs, so that every block is seen."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse

from assistant.answering.answer import AnswerStatus
from assistant.answering.reply import (
    Change,
    Choice,
    Citation,
    ComparisonBlock,
    EventItem,
    EventsBlock,
    LeadFormBlock,
    LoketBlock,
    LoketCard,
    MoneyBlock,
    MoneyLine,
    PageLink,
    QuestionBlock,
    QuestionOption,
    QuickReply,
    Reason,
    Reply,
    RouteBlock,
    TextBlock,
    Understanding,
    VacanciesBlock,
    VacancyItem,
)
from assistant.api import pages
from assistant.eligibility.stretch import Stretch
from tests.browser import chromium
from tests.serving import running

browser = chromium
DUO = Citation(
    n=1,
    record_id="collegegeld",
    title="Collegegeld voor studenten",
    url="https://example.org/collegegeld",
    publisher="DUO",
    as_of="1 september 2026",
    quote="Het wettelijk collegegeld voor een voltijdstudie is € 2.694 per jaar.",
)
LAW = Citation(
    n=2,
    record_id="zij-instroom",
    title="Regels voor zij-instroom",
    url=None,
    publisher="Rijksoverheid",
    as_of="14 maart 2026",
    quote="Een zij-instromer heeft een afgeronde opleiding op hbo- of wo-niveau.",
)
LOKET = LoketCard(
    id="voorbeeldloket",
    title="Onderwijsloket Voorbeeldregio",
    summary="Adviseurs die je helpen kiezen, van je eerste vraag tot je eerste les.",
    reason="Dit loket is er voor wie in Zoetermeer woont.",
    url="https://example.org/",
    email="loket@example.org",
    phone="070 123 45 67",
    address="Voorbeeldplein 1, Den Haag",
    hours=("Maandag tot en met donderdag van 9.00 tot 17.00 uur",),
)


def text(html: str, plain: str | None = None) -> TextBlock:
    """A text block."""
    return TextBlock(html=html, text=plain if plain is not None else html)


BLOCKS: dict[str, tuple[Any, ...]] = {
    "text": (
        text(
            "<p>Voor een voltijdstudie betaal je in 2026-2027 <strong>€ 2.694</strong> collegegeld per jaar."
            '<sup data-citation="1">1</sup> Je betaalt in termijnen of in één keer.</p>'
            "<ul><li>Volg je een deeltijdstudie? Dan kan het bedrag anders zijn.</li>"
            '<li>Werk je al op een school? <a href="https://example.org/vergoeding">Vraag om een vergoeding</a>.</li>'
            '</ul><p>Voor zij-instroom gelden andere regels.<sup data-citation="2">2</sup></p>'
        ),
    ),
    "route": (
        text("<p>Met je hbo-diploma zijn er twee routes die bij je kunnen passen.</p>"),
        RouteBlock(
            route="zij-instroom-po",
            title="Zij-instroom in het basisonderwijs",
            summary="Je staat meteen voor de klas, krijgt salaris en leert ernaast op de pabo.",
            verdict="possible",
            reasons=(
                Reason(text="Je hebt een afgeronde hbo- of wo-opleiding.", met=True, fact="diploma_level"),
                Reason(text="Een school wil je aannemen.", met=None, fact="employer_commitment"),
                Reason(text="Je hebt al een bevoegdheid.", met=False, fact="teaching_qualification"),
            ),
            missing=("employer_commitment", "hours_per_week"),
            would_change=(
                Change(fact="employer_commitment", value=True, text="Als een school je aanneemt, past deze route."),
            ),
            duration="1 tot 2 jaar",
            stretches=(
                Stretch(label="Hoogste diploma: hbo-bachelor", time="2 tot 4 jaar", begins=0, ends=24, latest=48),
                Stretch(label="Begin", time="In september of februari."),
                Stretch(label="Daarna deze route", time="1 tot 2 jaar", begins=24, ends=36, latest=72),
            ),
            next_step="Praat met een school bij jou in de buurt.",
            citation=2,
        ),
        RouteBlock(
            route="deeltijd-pabo",
            title="Pabo in deeltijd",
            summary="Je studeert naast je werk of gezin.",
            verdict="fits",
            reasons=(Reason(text="Je hebt minstens een mbo 4-, havo- of vwo-diploma.", met=True),),
            duration="2 tot 4 jaar",
            stretches=(Stretch(label="Duur", time="2 tot 4 jaar", begins=0, ends=24, latest=48),),
            next_step="Ga naar een open avond.",
        ),
        RouteBlock(route="digital", title="Instructeur in het mbo", summary="", verdict="does_not_fit"),
        RouteBlock(route="buitenland", title="Erkenning van je diploma", summary="", verdict="ask_adviser"),
    ),
    "comparison": (
        ComparisonBlock(
            columns=("", "Zij-instroom", "Deeltijd pabo", "Voltijd pabo"),
            rows=(
                ("Duur", "2 jaar", "2 tot 4 jaar", "4 jaar"),
                ("Salaris tijdens het leren", "Ja, vanaf dag één", "Soms, als je al op een school werkt", "Nee"),
                ("Lesdagen per week", "1", "1", "4"),
            ),
        ),
    ),
    "money": (
        MoneyBlock(
            title="Wat kost de pabo in deeltijd?",
            lines=(
                MoneyLine(
                    label="Collegegeld",
                    amount="€ 2.694",
                    period="per jaar",
                    year="2026-2027",
                    paid_by="Betaal je zelf",
                    citation=1,
                ),
                MoneyLine(label="Boeken en materiaal", amount="€ 350", period="per jaar", year="2026"),
            ),
            total="€ 3.044",
            note="De bedragen veranderen elk jaar.",
        ),
    ),
    "vacancies": (
        VacanciesBlock(
            items=(
                VacancyItem(
                    id="v1",
                    title="Leraar groep 5",
                    employer="Basisschool De Linde",
                    place="Zoetermeer",
                    url="https://example.org/vacature",
                ),
                VacancyItem(id="v2", title="Docent wiskunde", employer="Het Lyceum"),
            )
        ),
    ),
    "loket": (LoketBlock(loket=LOKET),),
    "events": (
        EventsBlock(
            items=(
                EventItem(
                    id="e1",
                    title="Informatieavond: werken in het onderwijs",
                    summary="Je hoort welke routes er zijn en praat met leraren.",
                    when="dinsdag 24 november 2026, 19.30 uur",
                    place="Den Haag",
                    url="https://example.org/avond",
                    has_day=True,
                    links=(
                        PageLink(label="Meld je aan", url="https://gids.example.org/aanmelden/e1?gesprek=abc"),
                        PageLink(label="Zet in je agenda", url="https://gids.example.org/agenda/e1.ics"),
                    ),
                    citation=2,
                ),
                EventItem(id="e2", title="Een dag meelopen", summary="Kijk een dag mee op een school in de buurt."),
            ),
            links=(PageLink(label="Vraag een dag meelopen aan", url="https://gids.example.org/meelopen"),),
        ),
    ),
    "choice": (
        text("<p>Ik stel je een paar vragen. Elke vraag mag je overslaan.</p>"),
        QuestionBlock(
            fact="role",
            text="Wat wil je worden?",
            why="Voor leraar zijn andere papieren nodig dan voor bijvoorbeeld onderwijsassistent.",
            input="choice",
            options=(
                QuestionOption(value="leraar", label="Leraar"),
                QuestionOption(value="vakleerkracht", label="Vakleerkracht (gym, muziek, kunst)"),
                QuestionOption(value="onderwijsassistent", label="Onderwijsassistent"),
                QuestionOption(value="instructeur", label="Instructeur in het mbo"),
            ),
        ),
    ),
    "set": (
        QuestionBlock(
            fact="sector",
            text="In welk onderwijs wil je werken?",
            why="Elke soort school heeft eigen opleidingen en regels.",
            input="set",
            options=(
                QuestionOption(value="po", label="Basisonderwijs"),
                QuestionOption(value="so", label="Speciaal onderwijs"),
                QuestionOption(value="vo", label="Voortgezet onderwijs (vmbo, havo, vwo)"),
            ),
        ),
    ),
    "number": (QuestionBlock(fact="age", text="Hoe oud ben je?", why="", input="number", minimum=15, maximum=99),),
    "flag": (QuestionBlock(fact="needs_income", text="Moet je geld verdienen?", why="Voor de route.", input="flag"),),
    "municipality": (
        QuestionBlock(
            fact="municipality",
            text="In welke gemeente woon je?",
            why="",
            input="municipality",
            options=(QuestionOption(value="den-haag", label="Den Haag"),),
        ),
    ),
    "lead": (LoketBlock(loket=LOKET), LeadFormBlock(reason="Een adviseur denkt graag met je mee. Dat is gratis.")),
}


def reply(name: str, *blocks: Any, status: AnswerStatus = AnswerStatus.ANSWERED_RECORD, **more: Any) -> dict[str, Any]:
    """A reply of the contract, with the blocks of that name or those given."""
    understanding = Understanding(intent="cost", language="nl", confidence=1)
    made = Reply(
        id=f"reply-{name}",
        locale="nl",
        blocks=blocks or BLOCKS[name],
        citations=(DUO, LAW),
        status=status,
        understanding=understanding,
        **more,
    )
    return made.as_json()


def known_fact(
    name: str, label: str, text: str, origin: str = "said", words: str = "", **question: Any
) -> dict[str, Any]:
    """One thing that the conversation knows."""
    asked = {
        "fact": name,
        "text": f"{label}?",
        "why": "",
        "input": "choice",
        "options": [],
        "minimum": None,
        "maximum": None,
    }
    return {
        "name": name, "label": label, "value": text, "text": text, "origin": origin, "words": words,
        "confirmed": origin != "inferred", "question": asked | question,
    }  # fmt: skip


def known_facts() -> list[dict[str, Any]]:
    """Three of them: said, inferred and chosen."""
    levels = [
        {"value": "mbo-4", "label": "Mbo niveau 4"},
        {"value": "hbo-bachelor", "label": "Hbo-bachelor"},
        {"value": None, "label": "Weet ik niet"},
    ]
    return [
        known_fact(
            "diploma_level", "Hoogste diploma", "Hbo-bachelor", words="ik heb hbo verpleegkunde", options=levels
        ),
        known_fact("needs_income", "Geld verdienen tijdens de opleiding", "Ja", "inferred", "ik heb twee kinderen"),
        known_fact("municipality", "Woonplaats", "Zoetermeer", "chosen", "Zoetermeer", input="municipality"),
    ]


def greeting() -> dict[str, Any]:
    """What a conversation begins with."""
    hello = text(
        "<p>Hallo! Ik ben de digitale assistent van het loket. Ik help je ontdekken welke weg naar het onderwijs "
        "bij je past.</p><p>Stel gerust je vraag.</p>"
    )
    quick = (
        QuickReply(label="Welke route past bij mij?", text="route"),
        QuickReply(label="Wat kost de pabo?", text="money"),
        QuickReply(label="Ik ben leraar", choice=Choice(fact="role", value="leraar")),
    )
    return reply("greeting", hello, status=AnswerStatus.ANSWERED_GREETING, quick_replies=quick)


@dataclass
class ScriptedApi:
    """What the API will say, and what it was told. A message names the blocks of its reply."""

    address: str = ""
    said: list[tuple[str, Any]] = field(default_factory=list)
    """Method with path, and body, of each call."""
    replies: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Extra replies by message."""
    failures: list[int] = field(default_factory=list)
    """Statuses of the next answers; 0 breaks the connection."""
    turns: list[dict[str, Any]] = field(default_factory=list)
    handover: dict[str, Any] = field(default_factory=dict)
    """How it stands with a person."""
    events: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    """What the stream tells: id (0 for none), event and data."""
    facts: list[dict[str, Any]] = field(default_factory=list)
    """What the conversation knows of its visitor."""
    refused_fields: list[dict[str, str]] = field(default_factory=list)
    """What the next lead is refused for."""
    delay_seconds: float = 0

    def app(self) -> FastAPI:
        """The API on the routes of the contract, with the product's own pages."""
        app = FastAPI()
        app.include_router(pages.router)
        app.add_api_route("/host", lambda: HTMLResponse(self.host_page()), methods=["GET"])
        app.add_api_route("/api/v1/{path:path}", self.answer, methods=["GET", "POST", "PATCH", "DELETE", "OPTIONS"])
        return app

    def host_page(self, more: str = "") -> str:
        """A bare page with the tag."""
        return (
            '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Gastpagina</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<script type="module" src="{self.address}/widget.js"></script></head>'
            f'<body><main><h1>Gastpagina</h1></main>{more}<loket-gids region="haaglanden"><p>Bel het loket: 070 123.</p>'
            "</loket-gids></body></html>"
        )

    async def answer(self, path: str, request: Request) -> Response:
        """One call."""
        headers = {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Headers": "authorization, content-type",
            "Access-Control-Allow-Methods": "GET, POST, PATCH, DELETE",
        }
        if request.method == "OPTIONS":
            return Response(headers=headers)
        body = await request.json() if await request.body() else None
        self.said.append((f"{request.method} {path}", body))
        if self.delay_seconds:
            time.sleep(self.delay_seconds)
        if self.failures and (status := self.failures.pop(0)):
            problem = {"title": "Too many", "status": status, "detail": "Wacht een minuut."}
            return JSONResponse(problem, status, headers, media_type="application/problem+json")
        if path.endswith("/events"):
            after = int(request.query_params.get("after", 0))
            return StreamingResponse(self._stream(after), headers=headers, media_type="text/event-stream")
        return JSONResponse(*self._content(request.method, path, body), headers)

    async def _stream(self, after: int) -> AsyncIterator[str]:
        """The events after that one, and those that come; a `hang-up` ends it."""
        yield "retry: 3000\n\n: here\n\n"
        told = 0
        while self.handover:
            for number, name, data in self.events[told:]:
                told += 1
                if name == "hang-up":
                    self.events.remove((number, name, data))
                    return
                if number == 0 or number > after:
                    named = f"id: {number}\n" if number else ""
                    yield f"{named}event: {name}\ndata: {json.dumps(data)}\n\n"
            await asyncio.sleep(0.02)

    def _content(self, method: str, path: str, body: Any) -> tuple[Any, int]:
        if path == "consent":
            html = "<p>We bewaren je gegevens <strong>12 maanden</strong>. Je kunt ze altijd laten wissen.</p>"
            return {"version": "1", "html": html, "purposes": []}, 200
        if path == "leads" and self.refused_fields:
            errors = [self.refused_fields.pop()]
            return {"title": "Not accepted", "status": 422, "detail": "Kijk je gegevens na.", "errors": errors}, 422
        if path == "leads":
            return {"lead_id": "lead-1", "loket": LOKET.model_dump(mode="json")}, 201
        if path == "conversations":
            return {"conversation_id": "c1", "token": "t1", "kept_days": 30, "reply": greeting()}, 201
        if path.endswith("/handover"):
            if method == "POST":
                self.handover |= {
                    "state": "waiting" if body["wish"] == "talk" else "bot",
                    "text": "Ik heb iemand geroepen.",
                }
            return self.handover, 200
        if "/facts" in path:
            return self._facts(method, path.rpartition("/")[2], body), 200
        if path.endswith("/messages"):
            told = body.get("text") or "text"
            return self.replies.get(told) or reply(told if told in BLOCKS else "text"), 200
        if method == "GET":
            about = {"conversation_id": "c1", "locale": "nl", "region": "haaglanden", "kept_days": 30}
            return about | {"turns": self.turns}, 200
        return None, 200

    def _facts(self, method: str, name: str, body: Any) -> dict[str, Any]:
        """What is known, after a change to it."""
        gone = []
        if method == "DELETE":
            gone = [name]
            self.facts[:] = [each for each in self.facts if each["name"] != name]
        for each in self.facts:
            if method == "PATCH" and each["name"] == name:
                label = {option["value"]: option["label"] for option in each["question"]["options"]}
                value = body.get("value", each["value"])
                each.update(value=value, text=label.get(value, str(value)), confirmed=True, origin="chosen", words="")
        return {"facts": self.facts, "skipped": [], "gone": gone}


@pytest.fixture(scope="module")
def _scripted() -> Iterator[ScriptedApi]:
    api = ScriptedApi()
    with running(api.app()) as api.address:
        yield api


@pytest.fixture
def api(_scripted: ScriptedApi) -> ScriptedApi:
    """The scripted API, as if nothing was said to it yet."""
    for name in ("said", "failures", "turns", "refused_fields", "replies", "facts", "handover", "events"):
        getattr(_scripted, name).clear()
    _scripted.delay_seconds = 0
    return _scripted


@pytest.fixture(scope="module")
def strict_site(_scripted: ScriptedApi) -> Iterator[str]:
    """Another site, with the strictest policy that still allows the widget: its scripts and its API, no styles."""
    app = FastAPI()
    policy = (
        f"default-src 'none'; script-src {_scripted.address}; connect-src {_scripted.address}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )

    @app.get("/")
    def page() -> Response:
        return HTMLResponse(_scripted.host_page(), headers={"Content-Security-Policy": policy})

    with running(app) as address:
        yield address
