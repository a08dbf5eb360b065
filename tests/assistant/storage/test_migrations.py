"""The tables change along one line: two changes that do not know of each other would stop every start."""

import json
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from assistant.accounts.role import Role
from assistant.storage import migrations
from assistant.storage.accounts import AccountStore
from assistant.storage.session import open_store


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return config


def test_the_migrations_are_one_chain_in_the_order_of_their_files() -> None:
    scripts = ScriptDirectory.from_config(_config())

    chain = [script.revision for script in scripts.walk_revisions()]

    assert len(scripts.get_heads()) == 1
    assert chain == sorted(chain, reverse=True)


def test_a_colleague_of_before_keeps_their_role_in_each_of_their_regions_and_nobody_gets_more_on_the_way_back(
    tmp_path: Path,
) -> None:
    address = f"sqlite:///{tmp_path / 'people.sqlite'}"
    engine, config = create_engine(address), _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0023")
        connection.execute(
            text(
                "INSERT INTO account (id, name, email, password_hash, regions, role, disabled, created_at, totp_step) "
                "VALUES (:id, 'Noor', :id || '@example.org', '', :regions, :role, 0, '2026-11-01 10:00:00', 0)"
            ),
            [
                {"id": "a", "regions": json.dumps(["hak", "haaglanden"]), "role": "editor"},
                {"id": "b", "regions": "[]", "role": "region_admin"},
            ],
        )

    sessions = open_store(address)

    with sessions.begin() as session:
        noor, nobody = AccountStore(session).all()
        assert list(noor.roles.items()) == [("hak", Role.EDITOR), ("haaglanden", Role.EDITOR)]
        assert nobody.roles == {}
        session.execute(text('UPDATE account SET roles = \'{"hak": "editor", "leiden": "adviser"}\' WHERE id = \'a\''))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0023")
        [(regions, role)] = connection.execute(text("SELECT regions, role FROM account WHERE id = 'a'")).all()
    assert (json.loads(regions), role) == (["leiden"], "adviser")
