"""create_app: the only place where the parts of the service are put together."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from fastapi import FastAPI

from assistant.accounts.account import Account
from assistant.accounts.audit import Action
from assistant.answering.closing import Closing
from assistant.answering.following import Follower
from assistant.answering.language_model import ChatModel
from assistant.answering.published import Publication
from assistant.answering.rewording import Rewording
from assistant.api import (
    brands,
    compare,
    conversations,
    facts,
    feedback,
    handover,
    health,
    leads,
    money,
    openapi,
    organisations,
    pages,
    problem,
    receipts,
    records,
    reference,
    saved,
    security,
    zelftest,
)
from assistant.api.metrics import Metrics
from assistant.desk import gaps, keuzewijzer, school_costs
from assistant.desk import views as desk
from assistant.editor import views as editor
from assistant.editor.dependencies import found_now
from assistant.editor.digest import Week, WeeklyDigest, followed_in
from assistant.editor.trying import Drafts
from assistant.eligibility.soundness import unsound
from assistant.handover.feed import Feed
from assistant.leads.alerting import VacancyAlerts
from assistant.leads.letterhead import Letterhead
from assistant.leads.outbox import OutboxSender
from assistant.leads.outcome_alerting import OutcomeAlerts
from assistant.leads.retention import Retention
from assistant.meetings.reminding import Reminding
from assistant.news.board import News
from assistant.settings import Settings
from assistant.site import errors as public_errors
from assistant.site.recent import RecentAnswers
from assistant.site.views import ROUTERS as PUBLIC_PAGES
from assistant.storage.alerts import AlertBook
from assistant.storage.audit import record_audit
from assistant.storage.clock import utc_now
from assistant.storage.digests import DigestBook
from assistant.storage.gaps import GapBook, GapStore
from assistant.storage.leaning import Leaning
from assistant.storage.live import LiveTalks, on_commit
from assistant.storage.outbox import OutboxStore
from assistant.storage.outcome_alerts import OutcomeAlertBook
from assistant.storage.reminders import ReminderStore
from assistant.storage.retention import ExpiringStore
from assistant.storage.session import Sessions, open_store
from assistant.zelftest.replay import Replayer
from ingestion.overseeing import overseer_in
from ingestion.schedule import AT_NIGHT, LINKS_COMMAND, IngestSchedule
from knowledge.archive import CatalogueArchive
from knowledge.catalogue import Catalogue
from knowledge.gazetteer import dutch_places
from knowledge.index.generation import Progress
from knowledge.job_search import open_jobs
from knowledge.place import Region
from knowledge.publishing.opening import Editorial, checked_catalogue, note_delivered, open_editorial
from knowledge.publishing.proposals import ProposalStore
from knowledge.publishing.publishing import PublicationInfo
from knowledge.vacancy import Vacancy

_HERE = ZoneInfo("Europe/Amsterdam")
_log = logging.getLogger(__name__)


def today() -> date:
    """The day it is in the Netherlands."""
    return datetime.now(_HERE).date()


def open_desk_of_editors(settings: Settings) -> Editorial:
    """
    What editors of an installation work with; it refuses to publish what this service could not serve.

    :raises ContentError, KnowledgeUnavailable: As `open_editorial`.
    """
    return open_editorial(
        settings.knowledge_address, settings.content, also_check=lambda content: unsound(content, today())
    )


def open_publication(
    settings: Settings, on_progress: Progress | None = None, catalogue: Catalogue | None = None
) -> Publication:
    """
    The published knowledge of an installation.

    :param catalogue: What to answer from; None: what is published.
    :raises ContentError: If the content cannot be published; the message names files, lines and what to do.
    :raises IndexProblem: If the index cannot be opened or made; the message names the command that mends it.
    """
    return Publication(
        catalogue or settings.catalogue(),
        settings.index_home(),
        clock=today,
        max_message_chars=settings.max_message_chars,
        places_elsewhere=dutch_places(settings.var),
        on_progress=on_progress,
        rewording=rewording_of(settings),
    )


def rewording_of(settings: Settings) -> Rewording | None:
    """What says replies in other words, if the settings name a language model."""
    if not settings.model_url:
        return None
    key = settings.model_key.get_secret_value()
    return Rewording(ChatModel(settings.model_url, settings.model, key, settings.model_timeout))


class _InUse:
    """The archive with what is published put into it: before old catalogues are looked for, and so at every start."""

    def __init__(self, archive: CatalogueArchive, publication: Publication) -> None:
        self._archive = archive
        self._publication = publication

    def drop_unused_since(self, moment: datetime) -> int:
        """Remove what was last published before that moment."""
        self.keep(self._publication.catalogue)
        return self._archive.drop_unused_since(moment)

    def keep(self, catalogue: Catalogue) -> None:
        """Keep a catalogue that is served, or is about to be."""
        try:
            self._archive.keep(catalogue, utc_now())
        except OSError as error:
            _log.warning(
                "what is published now cannot be archived, so its receipts cannot be replayed later: %s", error
            )


def _audited(sessions: Sessions, editorial: Editorial, publication: Publication, planned: PublicationInfo) -> None:
    """Write down what the service itself published or took back, as its editors planned."""
    change_set = planned.change_set_id
    region = editorial.change_sets.get(change_set).region if change_set else ""
    regions = [region] if region else [each.id for each in publication.catalogue.all(Region)]
    with sessions.begin() as session:
        record_audit(
            session,
            None,
            Action.CHANGE_PUBLISHED if change_set else Action.CHANGE_TAKEN_BACK,
            change_set or str(planned.number),
            regions,
            f"publicatie {planned.number}, volgens planning",
        )


def _letterhead(publication: Publication, region: str) -> Letterhead:
    """The look of mail in a region, as it is published now."""
    found = publication.catalogue.find(region)
    return Letterhead.of(found if isinstance(found, Region) else None)


def create_app(settings: Settings | None = None, on_progress: Progress | None = None) -> FastAPI:
    """
    The service, ready to answer: content read, index open, people store migrated.

    :param settings: None reads the environment and `loket.toml`.
    :raises ContentError, IndexProblem, StoreUnavailable: If a part cannot start; the message says what to do.
    """
    settings = settings or Settings()
    sessions = open_store(settings.people_address)
    editorial = open_desk_of_editors(settings)
    note_delivered(editorial.history, utc_now())
    publisher = editorial.publisher
    signal = publisher.signal()
    publication = open_publication(settings, on_progress, checked_catalogue(publisher))
    archive = CatalogueArchive(settings.catalogues)
    in_use = _InUse(archive, publication)
    overseer = overseer_in(settings.var, settings.knowledge_address, utc_now)
    closing = Closing(publication, GapBook(sessions), publisher.number)
    follower = Follower(
        publication,
        publisher,
        partial(checked_catalogue, publisher),
        signal,
        in_use.keep,
        closing.published,
        partial(_audited, sessions, editorial, publication),
    )
    live = LiveTalks(sessions, lambda: publication.catalogue)
    feed = Feed(live)
    on_commit(sessions, feed.wake)
    drafts = Drafts(settings, today)
    retention = Retention(ExpiringStore(sessions), in_use, settings)

    reminding = Reminding(ReminderStore(sessions, lambda: publication.catalogue, settings))
    alerts = VacancyAlerts(
        AlertBook(sessions),
        lambda: publication.catalogue,
        lambda catalogue: open_jobs(catalogue.all(Vacancy), today()),
        settings.public_url,
    )
    replayer = Replayer(archive.find)
    outcomes = OutcomeAlerts(OutcomeAlertBook(sessions), lambda: publication.eligibility, replayer, settings.public_url)

    leaning = Leaning(sessions)

    def week_of(account: Account) -> Week:
        with sessions() as session:
            asked = GapStore(session)
            return Week(
                found_now(editorial, leaning, publication.now().on),
                ProposalStore(editorial.sessions).count(),
                asked.unanswered(account.regions),
                asked.weeks(account.regions, today()),
                followed_in(editorial, publication.catalogue, account.regions, utc_now()),
            )

    digest = WeeklyDigest(DigestBook(sessions), week_of, settings.public_url)

    sender = OutboxSender(OutboxStore(sessions), settings, letterhead=partial(_letterhead, publication))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        stop = asyncio.Event()
        schedules = [IngestSchedule()] if settings.ingest == "on" else []
        if settings.link_check == "on":
            schedules.append(IngestSchedule(LINKS_COMMAND, nightly=AT_NIGHT))
        for schedule in schedules:
            schedule.start()
        tasks = [
            asyncio.create_task(sender.run(stop), name="outbox"),
            asyncio.create_task(retention.run(stop), name="retention"),
            asyncio.create_task(reminding.run(stop), name="reminders"),
            asyncio.create_task(feed.run(stop), name="live conversations"),
            asyncio.create_task(follower.run(stop), name="publications"),
            asyncio.create_task(alerts.run(stop), name="vacancy alerts"),
            asyncio.create_task(digest.run(stop), name="weekly mail"),
            asyncio.create_task(outcomes.run(stop), name="changed outcomes"),
        ]
        yield
        stop.set()
        for schedule in schedules:
            await asyncio.to_thread(schedule.stop)
        await asyncio.to_thread(overseer.stop)
        await asyncio.gather(*tasks, return_exceptions=True)
        drafts.close()
        publication.close()

    app = FastAPI(
        title="Loketgids",
        version="1",
        description="Answers with sources, a zelftest with reasons, and leads for a regional education desk.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.sessions = sessions
    app.state.knowledge = publication
    app.state.editorial = editorial
    app.state.overseer = overseer
    app.state.leaning = leaning
    app.state.news = News(editorial.history)
    app.state.drafts = drafts
    app.state.live = live
    app.state.feed = feed
    app.state.replayer = replayer
    app.state.recent_answers = RecentAnswers()
    parts = (
        conversations,
        handover,
        facts,
        zelftest,
        saved,
        receipts,
        compare,
        money,
        records,
        organisations,
        leads,
        feedback,
        health,
        reference,
        school_costs,
        gaps,
        keuzewijzer,  # before the desk's own pages, the last of which answers to every other address
        editor,
        desk,
        brands,  # before the widget's files, of which it answers for one
        pages,
    )
    for part in parts:
        app.include_router(part.router)
    for router in PUBLIC_PAGES:
        app.include_router(router)
    openapi.install(app)
    problem.install(app)
    public_errors.install(app)
    security.install(app, settings)
    # The last one added meets a request first: what limits refuse is counted too.
    app.add_middleware(Metrics)
    return app
