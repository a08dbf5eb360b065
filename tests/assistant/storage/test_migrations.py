"""The tables change along one line: two changes that do not know of each other would stop every start."""

from alembic.config import Config
from alembic.script import ScriptDirectory

from assistant.storage import migrations


def test_the_migrations_are_one_chain_in_the_order_of_their_files() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.__path__[0]))
    scripts = ScriptDirectory.from_config(config)

    chain = [script.revision for script in scripts.walk_revisions()]

    assert len(scripts.get_heads()) == 1
    assert chain == sorted(chain, reverse=True)
