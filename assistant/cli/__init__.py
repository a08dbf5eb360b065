"""The `loket` command: everything an operator does, in English."""

import typer

from assistant.cli.ask import ask
from assistant.cli.doctor import doctor
from assistant.cli.index import index_app
from assistant.cli.ingest import ingest
from assistant.cli.knowledge import knowledge_app
from assistant.cli.leads import leads_app
from assistant.cli.serve import serve
from assistant.cli.users import user_app
from assistant.cli.zelftest import zelftest

app = typer.Typer(
    name="loket",
    help="Loketgids: the digital colleague of a regional education desk.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (serve, ask, zelftest, ingest, doctor):
    app.command()(command)
app.add_typer(index_app, name="index")
app.add_typer(knowledge_app, name="knowledge")
app.add_typer(user_app, name="user")
app.add_typer(leads_app, name="leads")
