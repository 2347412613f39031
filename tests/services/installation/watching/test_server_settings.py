from sqlalchemy import Engine

from app.services.installation import postgres_traces
from app.services.installation.watching.defects import Subject, Weight
from app.services.installation.watching.examination import connected
from app.services.installation.watching.server_settings import SENTENCES, check_server


def test_what_a_server_keeps_is_told_with_what_to_do(subject: Subject, postgres_tables: Engine) -> None:
    with postgres_tables.connect() as connection:
        connection.exec_driver_sql("SET log_statement = 'all'")
        found = {defect.code: defect for defect in check_server(subject, connection)}
    assert found["postgres.statements_logged"].weight is Weight.MEND
    assert "set wal_recycle to off" in found["postgres.wal_recycled"].sentence


def test_every_code_has_its_sentence() -> None:
    told = postgres_traces.read_traces.__doc__ or ""
    assert {
        word.strip("`") for word in told.replace(":", " ").split() if word.startswith("`postgres.")
    } == SENTENCES.keys()


def test_sqlite_has_no_server(subject: Subject) -> None:
    with connected(subject.database_url) as connection:
        assert check_server(subject, connection) == []
