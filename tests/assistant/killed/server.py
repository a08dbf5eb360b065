"""
A server that is there again a moment after it was killed: everything is loaded once, and each start is a fork.

Arguments: the address of the people store, the port, the port of the mail server. Each line on stdin starts a server;
its process id is printed, and `ready` once it listens.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace

import uvicorn
from fastapi import FastAPI

from assistant.api import leads, problem
from assistant.leads.outbox import OutboxSender
from assistant.settings import Settings
from assistant.storage.outbox import OutboxStore
from assistant.storage.session import open_store
from knowledge.reader import CONTENT, read_catalogue

URL, PORT, SMTP_PORT = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
CATALOGUE = read_catalogue(CONTENT)


def serve() -> None:
    """Take leads and send their mail, with the real routes, store and outbox, until somebody kills it."""
    settings = Settings(people_url=URL, rate_limit="off", smtp_host="127.0.0.1", smtp_port=SMTP_PORT)
    sessions = open_store(URL)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        stop = asyncio.Event()
        sending = asyncio.create_task(OutboxSender(OutboxStore(sessions), settings).run(stop))
        print("ready", flush=True)  # noqa: T201
        yield
        stop.set()
        await sending

    app = FastAPI(lifespan=lifespan)
    app.state.settings, app.state.sessions = settings, sessions
    app.state.knowledge = SimpleNamespace(catalogue=CATALOGUE)
    app.include_router(leads.router)
    problem.install(app)
    uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="error")


for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        serve()
        os._exit(0)
    print(child, flush=True)  # noqa: T201
    os.waitpid(child, 0)
    print("ended", flush=True)  # noqa: T201
