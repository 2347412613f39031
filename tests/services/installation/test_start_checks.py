"""What has to be so before anything is served; the sentences of the start itself are in tests/cli/test_errors.py."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from app.config import Secrets
from app.domain.problem import Problem
from app.services.installation.backups.backup import Installation
from app.services.installation.schemas import newest_schema
from app.services.installation.start_checks import (
    found_schema,
    known_keys,
    lacking_keys,
    open_plainly,
    require_ready,
    require_version,
)
from tests.fixtures.secrets import SECRETS


def refusal(url: str, secrets: Secrets = SECRETS) -> str:
    with pytest.raises(Problem) as caught:
        require_ready(url, secrets)
    return caught.value.code


def run(url: str, statement: str) -> None:
    engine = open_plainly(url)
    with engine.begin() as connection:
        connection.execute(text(statement))


def test_what_the_migrations_made_is_ready(installation: Installation) -> None:
    require_ready(installation.database_url, SECRETS)
    assert found_schema(installation.database_url) == newest_schema()


def test_a_database_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    assert (refusal(url), found_schema(url)) == ("start.no_tables", None)
    assert list(tmp_path.iterdir()) == []


def test_postgresql_without_tables(postgres_url: str) -> None:
    assert (refusal(postgres_url), found_schema(postgres_url)) == ("start.no_tables", None)


def test_an_old_postgresql_is_refused(postgres_tables: Engine) -> None:
    with postgres_tables.connect() as connection:
        require_version(connection)
        with pytest.raises(Problem, match=r"start\.postgres_old: This is PostgreSQL \d+\.\d+, and Samvad needs 99"):
            require_version(connection, oldest=99)


def test_sqlite_has_no_such_age(installation: Installation) -> None:
    connection: Connection
    with open_plainly(installation.database_url).connect() as connection:
        require_version(connection, oldest=99)


@pytest.mark.parametrize(("found", "code"), [("9999", "start.schema_newer"), ("0001", "start.schema_older")])
def test_tables_of_another_version(installation: Installation, found: str, code: str) -> None:
    run(installation.database_url, f"UPDATE alembic_version SET version_num = '{found}'")  # noqa: S608
    assert refusal(installation.database_url) == code


def test_keys_that_the_secrets_lack(installation: Installation) -> None:
    for table, key in (("signing_key", 0), ("signing_key", 3), ("sealing_key", 1), ("sealing_key", 2)):
        run(installation.database_url, f"INSERT INTO {table} (id, created_on) VALUES ({key}, '2026-11-01')")  # noqa: S608
    keys = known_keys(installation.database_url)
    assert keys == {"signing_key": {0, 3}, "sealing_key": {1, 2}}
    assert lacking_keys(keys, SECRETS) == ["signing key 3", "sealing key 2"]
    assert refusal(installation.database_url) == "start.key_missing"
    # An older sealing key is forgotten in its time.
    whole = replace(SECRETS, signing={0: b"k" * 32, 3: b"l" * 32}, sealing={2: b"f" * 32})
    require_ready(installation.database_url, whole)
