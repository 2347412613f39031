"""What stands in a saved database, read and written beside the application."""

import multiprocessing
import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from app.base import ROOT
from app.services.installation.backups.backup import Installation

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
SCHEMAS = [file.name[:4] for file in (ROOT / "app" / "migrations" / "versions").glob("0*.py")]


def insert_place(installation: Installation, code: str) -> None:
    with closing(sqlite3.connect(installation.file)) as connection, connection:
        connection.execute("INSERT INTO place (code, kind, name_en) VALUES (?, 'station', 'x')", (code,))


def insert_arrival(installation: Installation) -> None:
    with closing(sqlite3.connect(installation.file)) as connection, connection:
        connection.execute(
            "INSERT INTO arrival (response_id, arrived_at, placement_id, body_digest) VALUES (?, ?, 1, ?)",
            (uuid.uuid4().bytes, "2026-11-23 05:59:59", b"digest-of-a-body"),
        )


def codes_of(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return [code for (code,) in connection.execute("SELECT code FROM place ORDER BY code")]


def write_places_until_told(database: Path, stop: "multiprocessing.synchronize.Event") -> None:
    with closing(sqlite3.connect(database, isolation_level=None, timeout=30)) as connection:
        while not stop.is_set():
            connection.execute(
                "INSERT INTO place (code, kind, name_en) VALUES (?, 'station', 'x')", (str(uuid.uuid4()),)
            )
