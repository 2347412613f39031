"""`/healthz`, `/readyz` and `/metrics`, for the port on loopback. None of them is an address of the public server."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask
from prometheus_client.core import Metric
from sqlalchemy.exc import SQLAlchemyError

from app.config import Settings
from app.formats.watching.exposition import CONTENT_TYPE, gauge, write_metrics
from app.formats.watching.loopback import Page
from app.jobs.clock import read_clocks
from app.services.installation.backups.notes import read_note
from app.services.installation.start_checks import connected
from app.services.installation.watching.defects import Defect, Subject, Weight
from app.services.installation.watching.examination import examine_quickly, unreachable
from app.services.installation.watching.state import State, read_state
from app.web.watching.counts import COUNTS, ServerCounts
from app.web.watching.lookout import PATIENCE_S, Lookout

#: what a database that answers too late is called
TOO_LATE = Defect("database.slow", f"The database has not answered within {PATIENCE_S:g} s.", Weight.STOPS)
_SIZE_STEP = 10**8


@dataclass(frozen=True, slots=True)
class Seen:
    defects: list[Defect]
    #: None if nothing could be read
    state: State | None = None

    @property
    def is_ready(self) -> bool:
        return all(defect.weight is not Weight.STOPS for defect in self.defects)


def watching_pages(app: Flask, settings: Settings) -> Mapping[str, Callable[[], Page]]:
    """The pages by their addresses."""
    counts: ServerCounts = app.extensions[COUNTS]
    lookout = Lookout(lambda: _look(settings))
    return {
        "/healthz": lambda: Page(b"ok\n", content_type="text/plain; charset=utf-8"),
        "/readyz": lambda: _readiness(_seen(lookout)),
        "/metrics": lambda: _metrics(counts, settings.instance, _seen(lookout)),
    }


def _look(settings: Settings) -> Seen:
    subject = Subject(settings.instance, settings.database_url, settings.secrets, read_clocks())
    with connected(settings.database_url) as connection:
        seen = Seen(examine_quickly(subject, connection))
        return Seen(seen.defects, read_state(connection, subject.now)) if seen.is_ready else seen


def _seen(lookout: Lookout[Seen]) -> Seen:
    try:
        return lookout()
    except TimeoutError:
        return Seen([TOO_LATE])
    except (SQLAlchemyError, OSError) as error:
        return Seen([unreachable(error)])


def _readiness(seen: Seen) -> Page:
    """503 if pages cannot be served as they should be; what else is to mend is named all the same."""
    defects = [{"code": each.code, "detail": each.sentence, "weight": each.weight} for each in seen.defects]
    document = {"ready": seen.is_ready, "defects": defects}
    return Page.of(document) if seen.is_ready else Page.of(document, "503 Service Unavailable")


def _metrics(counts: ServerCounts, instance: Path, seen: Seen) -> Page:
    families = [
        *counts.families(),
        gauge("samvad_ready", "Whether pages can be served as they should be.", {(): seen.is_ready}),
        gauge("samvad_defect", "What is to mend.", {(each.code,): 1 for each in seen.defects}, ("code",)),
        *_of_disk(instance),
        *_of_backups(read_note(instance).made_at),
        *(_of_state(seen.state) if seen.state else ()),
    ]
    return Page(write_metrics(families), content_type=CONTENT_TYPE)


def _of_state(state: State) -> Iterable[Metric]:
    runs = {(job,): at.timestamp() for job, at in state.last_runs.items()}
    ages = {(purpose,): days for purpose, days in state.key_age_days.items()}
    waiting = "Cells with answers that are not yet in the live counts, in tens."
    overdue = "By how much the oldest arrival is older than 72 hours."
    return [
        gauge("samvad_job_last_success_timestamp_seconds", "When each job last came to its end.", runs, ("job",)),
        gauge("samvad_marks_waiting", waiting, {(): state.marks_waiting}),
        gauge("samvad_queue_age_seconds", "Since when they may wait.", {(): state.queue_age.total_seconds()}),
        gauge("samvad_arrivals_overdue_seconds", overdue, {(): state.overdue.total_seconds()}),
        gauge("samvad_database_bytes", "In steps of 16 MiB.", {(): state.database_bytes}),
        gauge("samvad_key_age_days", "Of the newest key.", ages, ("purpose",)),
    ]


def _of_disk(instance: Path) -> Iterable[Metric]:
    usage = shutil.disk_usage(instance)
    # Each answer takes some of it, so it is told in steps as well.
    free = usage.free - usage.free % _SIZE_STEP
    return [
        gauge("samvad_disk_free_bytes", "Of the disk of the instance, in steps of 100 MB.", {(): free}),
        gauge("samvad_disk_free_ratio", "The same as a share.", {(): round(free / usage.total, 2)}),
    ]


def _of_backups(made_at: datetime | None) -> Iterable[Metric]:
    series = {(): made_at.timestamp()} if made_at else {}
    return [gauge("samvad_backup_last_success_timestamp_seconds", "When a backup was last made here.", series)]
