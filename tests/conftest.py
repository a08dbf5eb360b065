"""What tests everywhere share: the published content as visitors meet it, and no way out to a network."""

import contextlib
import gc
import ipaddress
import os
import sys
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from filelock import FileLock
from sqlalchemy.engine import make_url

from assistant.answering.compose import Composed, Composer
from assistant.answering.evidence import Grounds
from assistant.answering.pipeline import Answered, Answering
from assistant.answering.published import Publication
from assistant.answering.said import said_in
from assistant.answering.state import ConversationState
from assistant.answering.turn import Asked, Finding, Understood
from assistant.answering.verify import Verified, Verifier
from assistant.eligibility.profile import Profile
from evaluation.load.postgresql import NoPostgreSQL, running_postgresql
from ingestion.store.session import open_knowledge
from knowledge.catalogue import Catalogue
from knowledge.gazetteer import dutch_places
from knowledge.index.home import IndexHome
from knowledge.publishing.session import open_publishing
from knowledge.reader import CONTENT, read_catalogue
from tests import once

TODAY = date(2026, 12, 1)
"""The day it is for visitors in these tests."""
_EMBEDDING_SECONDS = 900
once.install()
os.environ.setdefault("LOKET_PREVIEW_AHEAD", "off")  # a minute of work behind every page of a change
if "PYTEST_XDIST_WORKER" in os.environ:
    # With a process a core, the threads of the embedder would only wait for each other: a question takes seven times
    # the work. Before it is loaded.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
_THIS_MACHINE = ("localhost", "ip6-localhost", "localhost.localdomain")
_reached: list[str] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse, and remember, what goes to another machine."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
    elif event == "socket.getaddrinfo":
        address = arguments[:2]
    else:
        return
    if isinstance(address, tuple) and not _is_this_machine(address[0]):
        _reached.append(f"{event} {address[0]!r}")
        raise OSError(f"a test may not reach {address[0]!r}")


def _is_this_machine(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name is None or name == "" or name in _THIS_MACHINE:
        return True
    try:
        return ipaddress.ip_address(str(name).split("%")[0]).is_loopback or name in ("0.0.0.0", "::")  # noqa: S104
    except ValueError:
        return False


sys.addaudithook(_watch)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that drive a browser or kill a server come first, then those of most tests: none of them ends long after all."""
    tests_of = Counter(item.path for item in items)
    slow = ("journeys", "killed", "widget")
    items.sort(key=lambda item: (item.path.parent.name not in slow, -tests_of[item.path], item.path))


def pytest_collection_finish() -> None:
    """Set aside what stays for the whole run, so that looking for garbage does not go through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def loopback_only() -> Iterator[None]:
    """A test that reaches for another machine fails, also when the code under test swallows the refusal."""
    _reached.clear()
    yield
    assert _reached == [], "this test reached for the network"


@pytest.fixture(scope="session")
def kept_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Where vectors and place names stay from one run to the next, also of another clone: each goes by the hash of its text.

    LOKET_TEST_CACHE, else the cache folder of whoever runs the tests, else one of this run.
    """
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(os.environ.get("LOKET_TEST_CACHE") or Path(caches) / "loketgids" / "tests")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".written").touch()
    except OSError:
        return tmp_path_factory.mktemp("loket-vectors")
    return folder


@pytest.fixture(scope="session")
def kept_learnt(kept_folder: Path) -> Path:
    """What intents were learnt from which sentences: every server that a test starts would learn it anew, in seconds."""
    folder = kept_folder.resolve() / "understanding-none"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def furnish(kept_folder: Path, kept_learnt: Path) -> Callable[[Path], None]:
    """`furnish(var)`: gives a data folder what every server would make anew, what intents were learnt and the names of places."""

    def furnish(var: Path) -> None:
        (var / "understanding").symlink_to(kept_learnt)
        dutch_places(kept_folder)
        (var / "places-nl.json").symlink_to(kept_folder.resolve() / "places-nl.json")

    return furnish


@pytest.fixture(scope="session")
def today() -> date:
    """The day it is for visitors."""
    return TODAY


@pytest.fixture(scope="session")
def catalogue_of_content() -> Catalogue:
    """The content as delivered."""
    return read_catalogue(CONTENT)


@pytest.fixture(scope="session")
def places_elsewhere(kept_folder: Path) -> tuple[str, ...]:
    """Dutch places outside the regions."""
    return dutch_places(kept_folder)


@contextlib.contextmanager
def _published(
    catalogue: Catalogue, places: tuple[str, ...], var: Path, embedder: str, kept: Path
) -> Iterator[Publication]:
    # One cache of vectors for every run on this machine: embedding all passages anew takes a minute.
    (var / "vectors.sqlite").symlink_to(kept.resolve() / "vectors.sqlite")
    learnt = kept.resolve() / f"understanding-{embedder}"
    learnt.mkdir(parents=True, exist_ok=True)
    (var / "understanding").symlink_to(learnt)
    # Test processes run side by side: one makes the vectors, the others find them made.
    with FileLock(kept / f"{embedder}.lock", timeout=_EMBEDDING_SECONDS):
        publication = Publication(catalogue, IndexHome(var, embedder), clock=lambda: TODAY, places_elsewhere=places)
        assert publication.search.wait_until_built(_EMBEDDING_SECONDS), "the index was not built in time"
        publication.wait_until_learnt(_EMBEDDING_SECONDS)
    try:
        yield publication
    finally:
        publication.close()


@pytest.fixture(scope="session")
def lexical(
    catalogue_of_content: Catalogue,
    places_elsewhere: tuple[str, ...],
    tmp_path_factory: pytest.TempPathFactory,
    kept_folder: Path,
) -> Iterator[Publication]:
    """The delivered content, searched by words alone: ready at once."""
    var = tmp_path_factory.mktemp("lexical")
    with _published(catalogue_of_content, places_elsewhere, var, "none", kept_folder) as publication:
        yield publication


@pytest.fixture(scope="session")
def publication(
    catalogue_of_content: Catalogue,
    places_elsewhere: tuple[str, ...],
    tmp_path_factory: pytest.TempPathFactory,
    kept_folder: Path,
) -> Iterator[Publication]:
    """The delivered content with the real embedder, as an installation serves it."""
    var = tmp_path_factory.mktemp("full")
    with _published(catalogue_of_content, places_elsewhere, var, "e5", kept_folder) as publication:
        assert publication.search.status()["kind"] == "full", "the index with vectors was not built; its log says why"
        yield publication


def talk(
    answering: Answering,
    *turns: str | tuple[str, object],
    state: ConversationState | None = None,
    region: str = "haaglanden",
    locale: Any = "nl",
    today: date = TODAY,
) -> Answered:
    """
    Have a conversation.

    :param turns: What the visitor types; a pair is a tapped choice, `("sector", ["po"])`.
    :param state: The conversation to go on with; None starts one.
    :returns: How the last turn was answered.
    """
    answered: Answered | None = None
    state = state or ConversationState(locale=locale, region=region)
    for turn in turns:
        asked = Asked(state, today, text=turn) if isinstance(turn, str) else Asked(state, today, choice=turn)
        answered = answering.answer(asked)
        state = answered.state
    assert answered is not None, "a conversation has at least one turn"
    return answered


@pytest.fixture
def ask(lexical: Publication) -> Callable[..., Answered]:
    """`ask("wat kost de pabo?", "en in deeltijd?")`: how the last turn is answered, with search by words alone."""
    return lambda *turns, **more: talk(lexical.now().answering, *turns, **more)


@pytest.fixture
def ask_full(publication: Publication) -> Callable[..., Answered]:
    """The same, with search by words and meaning."""
    return lambda *turns, **more: talk(publication.now().answering, *turns, **more)


@pytest.fixture(scope="session")
def write(catalogue_of_content: Catalogue) -> Callable[..., tuple[Composed, Verified]]:
    """`write(finding, "en")`: the reply that says a finding, and whether all of it has a source."""
    composer = Composer(catalogue_of_content)
    grounds = Grounds(catalogue_of_content)
    verifier = Verifier(grounds.names)

    def written(finding: Finding, locale: Any, profile: Profile = Profile()) -> tuple[Composed, Verified]:  # noqa: B008
        composed = composer.compose(finding, Understood("", locale, finding.template, 1.0), profile)
        return composed, verifier.verify(said_in(composed.reply), grounds.of(composed))

    return written


# The knowledge store, in both databases


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL that runs for these tests alone; skipped where none is installed."""
    with contextlib.ExitStack() as stack:
        try:
            address = stack.enter_context(running_postgresql())
        except NoPostgreSQL as missing:
            pytest.skip(str(missing))
        yield address


@pytest.fixture(scope="session")
def knowledge_template(postgresql_server: str) -> str:
    """The name of a database with the tables of a knowledge store, to copy: migrating takes a second each time."""
    name = "knowledge_template"
    _in_postgresql(postgresql_server, f"CREATE DATABASE {name}")
    for opened in (open_publishing, open_knowledge):
        opened(_database(postgresql_server, name)).kw["bind"].dispose()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def knowledge_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new knowledge store, in each of the two databases."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'knowledge.sqlite'}"
        return
    server, template = request.getfixturevalue("postgresql_server"), request.getfixturevalue("knowledge_template")
    name = f"knowledge_{uuid.uuid4().hex}"
    _in_postgresql(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _database(server, name)
    _in_postgresql(server, f"DROP DATABASE {name} WITH (FORCE)")


def _database(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _in_postgresql(server: str, statement: str) -> None:
    # Outside any transaction, where databases are made and dropped.
    with psycopg.connect(make_url(server).render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(statement)
