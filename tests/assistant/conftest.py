"""The people side of the application over a small catalogue of its own, and a whole installation of it."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from assistant.accounts.account import Account
from assistant.api import feedback, leads, problem, security
from assistant.app import create_app
from assistant.desk import views
from assistant.eligibility.profile import KnownFact, Profile
from assistant.eligibility.verdict import Eligibility
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.conversations import Conversation, ConversationStore, NewTurn
from assistant.storage.session import Sessions, drop_traces, open_store
from assistant.storage.tables import Base
from knowledge.catalogue import Catalogue, Content
from knowledge.fact import Fact
from knowledge.index.passages import StoredPassages
from knowledge.passage import Passage
from knowledge.place import Loket, Membership, Municipality, Region
from knowledge.reader import ContentReader, publish
from knowledge.route import Route
from knowledge.rule import Rule
from knowledge.source import Source

PASSWORD = "een lang genoeg wachtwoord"


@dataclass(frozen=True)
class PublishedKnowledge:
    """What `app.state.knowledge` offers."""

    catalogue: Catalogue

    @property
    def eligibility(self) -> Eligibility:
        """The rules, of which there are none."""
        return Eligibility(self.catalogue, JUDGED_ON)


def _loket(loket_id: str, **fields: Any) -> Loket:
    given = {
        "title": loket_id.replace("-", " ").capitalize(),
        "summary": "Een loket voor deze proef.",
        "status": "active",
    }
    return Loket.model_validate({"id": loket_id, "sources": ["bron"], **given, **fields})


@pytest.fixture(scope="session")
def small_catalogue() -> Catalogue:
    """Two regions with their lokets, a national one, three municipalities and three facts."""
    regions = [
        Region(
            id=region_id,
            title=title,
            summary="Een onderwijsregio.",
            sources=("bron",),
            sectors=sectors,
            default_loket=default,
        )
        for region_id, title, sectors, default in (
            ("haaglanden", "Onderwijsregio Haaglanden", ("po", "so", "vo", "mbo"), "loket-haaglanden"),
            ("hak", "Onderwijsregio HAK", ("po", "so"), "loket-hak"),
        )
    ]
    lokets = [
        _loket("loket-haaglanden", regions=["haaglanden"], sectors=["po", "so", "vo", "mbo"], services=["inform"]),
        _loket(
            "loket-stad-po", regions=["haaglanden"], municipalities=["den-haag"], sectors=["po"], services=["inform"]
        ),
        _loket("loket-vo", regions=["haaglanden"], municipalities=["den-haag"], sectors=["vo"], services=["inform"]),
        _loket("invalpool", regions=["haaglanden"], sectors=["po"], services=["invalpool"], takes_leads=False),
        _loket("gepland-loket", regions=["haaglanden"], sectors=["po"], services=["inform"], status="planned"),
        _loket("loket-hak", regions=["hak"], sectors=["po"], services=["inform"], lead_mailbox="hak@example.org"),
        _loket("landelijk-onderwijsloket", services=["inform", "spreekuur"]),
    ]
    municipalities = [
        Municipality(
            id="den-haag", name="Den Haag", regions=(Membership(region="haaglanden"),), places=("Scheveningen",)
        ),
        Municipality(id="zoetermeer", name="Zoetermeer", regions=(Membership(region="haaglanden"),)),
        Municipality(id="haarlem", name="Haarlem", regions=(Membership(region="hak", sectors=("po", "so")),)),
        Municipality(id="utrecht", name="Utrecht"),
    ]
    facts = [
        Fact.model_validate(
            {"name": name, "type": type_, "label": {"nl": label, "en": label}, "options": options}
            | {"question": {"nl": "?", "en": "?"}, "why": {"nl": "!", "en": "!"}}
        )
        for name, type_, label, options in (
            ("sector", "set", "Soort onderwijs", [{"value": "po", "label": {"nl": "Basisonderwijs", "en": "Primary"}}]),
            ("municipality", "municipality", "Woonplaats", []),
            ("employer_commitment", "flag", "Een school wil je", []),
        )
    ]
    source = Source(id="bron", title="Een bron", publisher="Een uitgever", document="Stuk", as_of="2026")
    return Catalogue("test", Content((*regions, *lokets), (), tuple(facts), (), tuple(municipalities), (source,)))


@pytest.fixture
def people_settings(tmp_path: Path) -> Settings:
    """Settings with a data folder of its own and no limits on pace."""
    return Settings(var=tmp_path, rate_limit="off", smtp_host="")


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a people store with its tables and nothing in them: making those takes a while."""
    file = tmp_path_factory.mktemp("people") / "empty.sqlite"
    drop_traces(open_store(f"sqlite:///{file}"))
    return file


@pytest.fixture
def sessions(people_settings: Settings, empty_store: Path) -> Sessions:
    """A new people store, in SQLite."""
    shutil.copy(empty_store, people_settings.var / "people.sqlite")
    return open_store(people_settings.people_address)


@pytest.fixture
def postgresql(postgresql_server: str) -> Iterator[Sessions]:
    """A people store in it, empty."""
    sessions = open_store(postgresql_server)
    yield sessions
    with sessions.begin() as session:
        # The log refuses to have its lines deleted, also by a test.
        names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
        session.execute(text(f"TRUNCATE {names}"))
    sessions.kw["bind"].dispose()


@pytest.fixture
def people_app(sessions: Sessions, people_settings: Settings, small_catalogue: Catalogue) -> FastAPI:
    """Leads, feedback and desk, with errors and limits as in the real application."""
    app = FastAPI()
    app.state.sessions = sessions
    app.state.settings = people_settings
    app.state.knowledge = PublishedKnowledge(small_catalogue)
    app.include_router(leads.router)
    app.include_router(feedback.router)
    app.include_router(views.router)
    problem.install(app)
    security.install(app, people_settings)
    return app


@pytest.fixture
def client(people_app: FastAPI) -> Iterator[TestClient]:
    """A browser without JavaScript: it keeps cookies and follows no redirect by itself."""
    with TestClient(people_app, follow_redirects=False, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def told() -> dict[str, Any]:
    """The state of a conversation in which somebody told a few things."""
    profile = Profile().with_facts(
        [
            KnownFact(name="sector", value=frozenset({"po"}), origin="said", words="de basisschool"),
            KnownFact(name="municipality", value="zoetermeer", origin="said", words="ik woon in Zoetermeer"),
            KnownFact(name="employer_commitment", value=False, origin="chosen"),
        ]
    )
    reasons = [
        {"text": "Je hebt een afgeronde hbo-opleiding.", "met": True},
        {"text": "Een school wil je in dienst nemen.", "met": False},
        {"text": "Je bent geschikt verklaard.", "met": None, "fact": "role"},
    ]
    return {
        "profile": profile.model_dump(mode="json"),
        "verdicts": [
            {"route": "pabo", "title": "Pabo in deeltijd", "verdict": "does_not_fit", "reasons": []},
            {"route": "zij-instroom-po", "title": "Zij-instroom in het po", "verdict": "possible", "reasons": reasons},
        ],
    }


@pytest.fixture
def conversation(sessions: Sessions, told: dict[str, Any]) -> tuple[Conversation, str]:
    """A conversation of one turn, and its token."""
    reply = {
        "id": "reply-1",
        "blocks": [
            {"type": "text", "html": "<p>Zij-instroom past misschien.</p>", "text": "Zij-instroom past misschien."}
        ],
        "citations": [
            {
                "n": 1,
                "title": "Zij-instroom",
                "publisher": "Rijksoverheid",
                "as_of": "2026",
                "url": "https://example.org/zi",
            }
        ],
    }
    with sessions.begin() as session:
        store = ConversationStore(session)
        made, token = store.create("nl", "haaglanden", "https://example.org", {})
        turn = NewTurn(id="reply-1", question="Wat past bij mij?", reply=reply, status="answered_advice")
        return store.add_turn(made, turn, told), token


@pytest.fixture
def lead_form(client: TestClient) -> Callable[..., dict[str, Any]]:
    """Makes the body of a good lead, with what is given in its place."""
    version = client.get("/api/v1/consent", params={"region": "haaglanden"}).json()["version"]

    def form(**fields: Any) -> dict[str, Any]:
        consent = {"version": version, "given": True, "share_transcript": True}
        body = {"name": "Sam de Vries", "email": "sam@example.org", "preferred_contact": "email", "consent": consent}
        return body | fields

    return form


@pytest.fixture
def make_adviser(sessions: Sessions) -> Callable[..., Account]:
    """Makes an account with the password of these tests."""

    def make(
        email: str = "noor@example.org", name: str = "Noor Bakker", regions: tuple[str, ...] = ("haaglanden",)
    ) -> Account:
        with sessions.begin() as session:
            return AccountStore(session).add(email, name, regions, PASSWORD)

    return make


@pytest.fixture(scope="session")
def ingested() -> Passage:
    """A passage of a document that stands beside the records."""
    return Passage(
        id="regioplan#0",
        source_id="regioplan",
        kind="document",
        title="Plan van de regio",
        section="Zonnebloemklassen",
        text="In een zonnebloemklas loopt een kandidaat een dag mee met een ervaren leerkracht.",
        publisher="Onderwijsregio",
        as_of="2026",
    )


@pytest.fixture(scope="session")
def installed(
    tmp_path_factory: pytest.TempPathFactory, places_elsewhere: tuple[str, ...], ingested: Passage, kept_learnt: Path
) -> Path:
    """A data folder with one ingested document, in which the index and the people store have been made."""
    var = tmp_path_factory.mktemp("installed")
    (var / "understanding").symlink_to(kept_learnt)
    (var / "places-nl.json").write_text(json.dumps(places_elsewhere), encoding="utf-8")
    StoredPassages(var / "passages").replace(ingested.source_id, [ingested])
    with TestClient(create_app(Settings(var=var, embedder="none"))):
        pass
    return var


# Rules and the catalogue they judge

JUDGED_ON = date(2026, 9, 1)


@pytest.fixture(scope="session")
def delivered() -> Content:
    """The content as delivered, drafts included."""
    return ContentReader().read()


@pytest.fixture(scope="session")
def catalogue(delivered: Content) -> Catalogue:
    """What visitors may be told of the delivered content."""
    return publish(delivered)


@pytest.fixture(scope="session")
def eligibility(catalogue: Catalogue) -> Eligibility:
    """Every delivered rule, made ready on one day."""
    return Eligibility(catalogue, JUDGED_ON)


@pytest.fixture(scope="session")
def vocabulary(delivered: Content) -> Mapping[str, Fact]:
    """The real facts by name."""
    return {str(fact.name): fact for fact in delivered.facts}


@pytest.fixture(scope="session")
def rule() -> Callable[..., Rule]:
    """A rule with only what matters: its condition, and what else a test says."""

    def make(condition: Mapping[str, Any], **fields: Any) -> Rule:
        plain = {
            "id": "een-regel",
            "route": "een-route",
            "statement": "Een regel in een zin.",
            "otherwise": "Doe dan dit.",
            "sources": ("een-bron",),
        }
        return Rule.model_validate({**plain, **fields, "condition": condition})

    return make


@pytest.fixture(scope="session")
def route() -> Callable[..., Route]:
    """A route for every sector and job, so that its record implies no rule unless a test narrows it."""

    def make(id_: str = "een-route", **fields: Any) -> Route:
        plain = {
            "id": id_,
            "title": id_,
            "summary": "Een route in een zin.",
            "roles": [
                "leraar",
                "vakleerkracht",
                "onderwijsassistent",
                "leraarondersteuner",
                "instructeur",
                "gastdocent",
                "schoolleider",
            ],
            "sources": ["een-bron"],
            "next_step": "Bel het loket.",
        }
        return Route.model_validate({**plain, **fields})

    return make


@pytest.fixture(scope="session")
def judged(delivered: Content, route: Callable[..., Route]) -> Callable[..., Eligibility]:
    """The engine over these rules; their routes are made where a test does not give them."""

    def make(*rules: Rule, routes: tuple[Route, ...] = (), on: date = JUDGED_ON) -> Eligibility:
        ids = dict.fromkeys(each.route for each in rules)
        records = routes or tuple(route(id_) for id_ in ids)
        content = Content(records=records, rules=rules, facts=delivered.facts, subjects=delivered.subjects)
        return Eligibility(publish(content), on)

    return make
