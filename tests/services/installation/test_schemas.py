"""The migrations that the code knows."""

from app.base import ROOT
from app.services.installation.backups.backup import Installation
from app.services.installation.schemas import known_schemas, newest_schema, schema_of
from app.services.installation.start_checks import open_plainly


def test_every_migration_is_known_the_oldest_first() -> None:
    files = sorted(file.name[:4] for file in (ROOT / "app" / "migrations" / "versions").glob("0*.py"))
    assert sorted(known_schemas()) == files
    assert (known_schemas()[0], known_schemas()[-1]) == ("0001", newest_schema())


def test_a_database_says_at_which_it_stands(installation: Installation) -> None:
    engine = open_plainly(installation.database_url)
    with engine.connect() as connection:
        assert schema_of(connection) == newest_schema()
        connection.exec_driver_sql("DROP TABLE alembic_version")
        assert schema_of(connection) is None
