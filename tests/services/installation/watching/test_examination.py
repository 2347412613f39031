from dataclasses import replace
from pathlib import Path

from app.services.installation.schemas import newest_schema
from app.services.installation.watching.defects import Subject, Weight
from app.services.installation.watching.examination import connected, examine, examine_quickly
from tests.fixtures.tables import create_tables
from tests.services.installation.watching.looking import change, codes


def beside_the_disk(found: list[str]) -> list[str]:
    """The disk of whoever runs the tests may be full."""
    return [code for code in found if code != "disk.full"]


def test_a_whole_installation_has_nothing_to_mend(subject: Subject) -> None:
    assert beside_the_disk(codes(examine(subject, thoroughly=True))) == []
    with connected(subject.database_url) as connection:
        assert beside_the_disk(codes(examine_quickly(subject, connection))) == []


def test_what_stops_the_service_ends_the_questions_to_the_database(subject: Subject) -> None:
    change(subject, "UPDATE alembic_version SET version_num = '0003'", "DROP TABLE job_run")
    assert beside_the_disk(codes(examine(subject))) == ["start.schema_older"]


def test_a_database_that_is_not_there_or_none_is_named(subject: Subject, tmp_path: Path) -> None:
    gone = replace(subject, database_url=f"sqlite:///{tmp_path}/none.db")
    assert beside_the_disk(codes(examine(gone))) == ["start.no_tables"]
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "text.db").write_text("no database" * 100)
    (found,) = (
        each
        for each in examine(replace(subject, database_url=f"sqlite:///{tmp_path}/text.db"))
        if each.code != "disk.full"
    )
    assert (found.code, found.weight) == ("database.unreachable", Weight.STOPS)


def test_a_server_that_does_not_answer_is_named(subject: Subject) -> None:
    nobody = "postgresql+psycopg://x@127.0.0.1:1/x"
    (found,) = (each for each in examine(replace(subject, database_url=nobody)) if each.code != "disk.full")
    assert (found.code, "does not answer" in found.sentence) == ("database.unreachable", True)


def test_postgresql_is_asked_all_that_it_can_tell(subject: Subject, postgres_url: str) -> None:
    stamp = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
    create_tables(postgres_url, stamp, f"INSERT INTO alembic_version VALUES ('{newest_schema()}')")  # noqa: S608
    found = beside_the_disk(codes(examine(replace(subject, database_url=postgres_url), thoroughly=True)))
    assert [code for code in found if not code.startswith("postgres.")] == ["worker.never"]
    assert "postgres.wal_recycled" in found
