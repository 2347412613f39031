"""An installation to look at, with nothing wrong but what a test does to it."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.config import Settings
from app.domain.clocks import ClockReading
from app.services.installation.backups.notes import note_made
from app.services.installation.clocks import believe, note_run
from app.services.installation.watching.defects import Subject
from app.services.installation.watching.examination import connected
from app.services.installation.watching.work import LONGEST_PAUSE

READING = ClockReading(datetime(2026, 11, 23, 6, tzinfo=UTC), "boot", timedelta(days=7))


@pytest.fixture
def subject(settings: Settings, migrated_file: Path) -> Subject:
    file = settings.instance / "samvad.db"
    shutil.copyfile(migrated_file, file)
    note_made(settings.instance, READING.at)
    subject = Subject(settings.instance, settings.database_url, settings.secrets, READING, lock_patience_s=0.05)
    with connected(subject.database_url) as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        with Session(connection) as session:
            believe(session, READING)
            for job in LONGEST_PAUSE:
                note_run(session, job, READING.at)
            session.flush()
            connection.commit()
    return subject
