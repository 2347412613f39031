"""What goes wrong is said in one sentence, with exit status 1, and nothing has changed: the real commands, each in a
process of its own.
"""

import json
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.formats.archive import write_archive
from app.services.installation.schemas import newest_schema
from tests.fixtures.commands import Commands, Done


def everything(folder: Path) -> dict[str, bytes]:
    """What lies in an instance, but for the files beside a database in use, locks, and where backups were begun."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.name != "backups.json")
    return {file.name: file.read_bytes() for file in files if not file.name.endswith(("-wal", "-shm", ".lock"))}


def said(done: Done) -> str:
    """The one sentence."""
    assert "Traceback" not in done.stderr
    assert done.status in (1, 3), done
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr.strip()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ADDRESS", "http://[", "SAMVAD_ADDRESS must be the public address"),
        ("ADDRESS", "https://a:b", "SAMVAD_ADDRESS must be the public address"),
        ("DATABASE_URL", "nonsense", "SAMVAD_DATABASE_URL must be"),
        ("DATABASE_URL", "mysql://someone@somewhere/x", "SAMVAD_DATABASE_URL must be"),
        ("DATABASE_URL", "postgresql+psycopg://someone@[/x", "SAMVAD_DATABASE_URL must be"),
        ("DATABASE_URL", "postgresql+psycopg://someone@127.0.0.1:1/nowhere", "PostgreSQL does not answer"),
        ("DATABASE_URL", "sqlite:////nowhere/at/all.db", "The database cannot be opened"),
        ("INSTANCE", "/dev/null/instance", "The secrets at /dev/null/instance/secrets.json cannot be read"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_every_command(
    commands: Commands, instance: Path, name: str, value: str, sentence: str
) -> None:
    before = everything(instance)
    wrong = {f"SAMVAD_{name}": value}
    assert said(commands.start(**wrong)).startswith(f"Samvad cannot start: {sentence}")
    assert said(commands("releases", "verify", **wrong)).startswith(f"Error: {sentence}")
    assert everything(instance) == before


def without_tables(instance: Path) -> None:
    (instance / "samvad.db").write_bytes(b"")


def newer(instance: Path) -> None:
    change(instance, "UPDATE alembic_version SET version_num = '9999'")


def older(instance: Path) -> None:
    change(instance, "UPDATE alembic_version SET version_num = '0013'")


def foreign_keys(instance: Path) -> None:
    change(instance, "INSERT INTO signing_key (id, created_on) VALUES (7, '2026-11-01')")


def no_database(instance: Path) -> None:
    (instance / "samvad.db").write_bytes(b"a letter, and no database" * 1000)


def change(instance: Path, statement: str) -> None:
    with closing(sqlite3.connect(instance / "samvad.db")) as connection, connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (without_tables, "The database has no tables yet: run `samvad db upgrade`."),
        (newer, "The database stands at migration 9999, which a newer Samvad made"),
        (older, f"The database stands at migration 0013, and this version needs {newest_schema()}"),
        (foreign_keys, "The database knows signing key 7, and the secrets do not hold it"),
        (no_database, "What stands in the place of the database is no database"),
    ],
)
def test_what_does_not_belong_together_stops_server_and_worker(
    commands: Commands, instance: Path, damage: Callable[[Path], None], sentence: str
) -> None:
    damage(instance)
    before = everything(instance)
    assert said(commands.start()).startswith(f"Samvad cannot start: {sentence}")
    assert said(commands("worker", "--once")).startswith(f"Error: {sentence}")
    assert everything(instance) == before


def test_any_command_says_that_there_are_no_tables(commands: Commands, instance: Path, tmp_path: Path) -> None:
    without_tables(instance)
    backup = ["backup", str(tmp_path / "b.tar")]
    for command in (["accounts", "list"], ["tallies", "fold"], ["releases", "publish"], backup):
        assert "run `samvad db upgrade`" in said(commands(*command))
    no_database(instance)
    assert "is no database: restore a backup" in said(commands(*backup))
    assert not (tmp_path / "b.tar").exists()


def test_postgresql_without_tables_is_told(commands: Commands, instance: Path, postgres_url: str) -> None:
    assert "run `samvad db upgrade`" in said(commands.start(SAMVAD_DATABASE_URL=postgres_url))
    assert "run `samvad db upgrade`" in said(commands("tallies", "fold", SAMVAD_DATABASE_URL=postgres_url))
    gone = postgres_url.replace("/bare_", "/never_made_")
    assert "PostgreSQL does not answer" in said(commands("tallies", "fold", SAMVAD_DATABASE_URL=gone))


class TestBackup:
    @pytest.mark.parametrize(
        ("target", "sentence"),
        [
            ("no/such/folder.tar", "/no/such: No such file or directory"),
            ("instance/secrets.json", "exists already"),
            ("x" * 300, "File name too long"),
        ],
    )
    def test_where_nothing_can_be_saved(
        self, commands: Commands, instance: Path, tmp_path: Path, target: str, sentence: str
    ) -> None:
        before = everything(instance)
        assert sentence in said(commands("backup", str(tmp_path / target)))
        assert everything(instance) == before

    def test_secrets_that_cannot_serve_are_not_saved(self, commands: Commands, instance: Path, tmp_path: Path) -> None:
        for unfit in ("{}", "not JSON", json.dumps({"session": "00"})):
            (instance / "secrets.json").write_text(unfit)
            assert "cannot serve" in said(commands("backup", str(tmp_path / "b.tar")))
        assert not (tmp_path / "b.tar").exists()

    def test_secrets_of_another_database_are_not_saved(
        self, commands: Commands, instance: Path, tmp_path: Path
    ) -> None:
        foreign_keys(instance)
        assert "knows signing key 7" in said(commands("backup", str(tmp_path / "b.tar")))
        assert sorted(file.name for file in tmp_path.iterdir()) == ["instance", "said"]


class TestRestore:
    @pytest.fixture
    def saved(self, commands: Commands, instance: Path, tmp_path: Path) -> Path:
        done = commands("backup", str(tmp_path / "b.tar"))
        assert done.status == 0, done
        return tmp_path / "b.tar"

    def altered(self, saved: Path, facts: dict[str, str], secrets: bytes | None = None) -> Path:
        """A backup that says other things about itself, or holds other secrets; its digests are right."""
        folder = saved.parent / "altered"
        folder.mkdir()
        with tarfile.open(saved) as archive:
            archive.extractall(folder, filter="data")
        if secrets is not None:
            (folder / "secrets.json").write_bytes(secrets)
        files = {name: folder / name for name in ("secrets.json", "database.sqlite3")}
        write_archive(saved.parent / "altered.tar", facts, files)
        return saved.parent / "altered.tar"

    @pytest.mark.parametrize(
        ("facts", "secrets", "sentence"),
        [
            ({"made_at": "yesterday"}, None, "is no backup of Samvad"),
            ({"made_at": None}, None, "is no backup of Samvad"),
            ({"schema": None}, None, "is no backup of Samvad"),
            ({"database": None}, None, "is no backup of Samvad"),
            ({"database": "oracle"}, None, "is no backup of Samvad"),
            ({"schema": "9999"}, None, "was made by a newer Samvad"),
            ({}, b"{}", "cannot serve"),
            ({}, b"no JSON", "cannot serve"),
            ({}, json.dumps({"session": "00"}).encode(), "cannot serve"),
        ],
    )
    def test_what_could_not_serve_replaces_nothing(
        self,
        commands: Commands,
        instance: Path,
        saved: Path,
        facts: dict[str, str | None],
        secrets: bytes | None,
        sentence: str,
    ) -> None:
        right = {"made_at": "2026-11-23T06:00:00+00:00", "database": "sqlite", "schema": newest_schema()}
        told = {name: value for name, value in (right | facts).items() if value is not None}
        archive = self.altered(saved, told, secrets)
        before = everything(instance)
        assert sentence in said(commands("restore", "--force", str(archive)))
        assert everything(instance) == before

    def test_an_instance_that_is_a_file(self, commands: Commands, saved: Path, tmp_path: Path) -> None:
        for place in (saved, saved / "below"):
            done = commands("restore", str(saved), SAMVAD_INSTANCE=str(place))
            assert "File exists" in said(done) or "Not a directory" in said(done)


class TestKeys:
    def test_a_sheet_where_no_folder_is(self, commands: Commands, instance: Path, tmp_path: Path) -> None:
        assert "No such file or directory" in said(commands("keys", "sheet", str(tmp_path / "no" / "sheet.txt")))
