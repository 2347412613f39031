"""samvad worker: work in the background."""

import logging

import click
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy.exc import OperationalError

from app.config import Settings
from app.formats.watching.exposition import CONTENT_TYPE, write_metrics
from app.formats.watching.lock_times import LOCK_TIMES, LockTimes
from app.formats.watching.log_lines import write_log_lines
from app.formats.watching.loopback import LoopbackServer, Page, pages_at
from app.jobs.clock import present_reading
from app.jobs.schedule import run_once, schedule
from app.services.installation.clocks import believe
from app.services.installation.start_checks import require_ready
from app.transaction import transaction

_log = logging.getLogger(__name__)


@click.command()
@click.option("--once", is_flag=True, help="Do everything that is due once, and end.")
@click.option(
    "--clock-is-right",
    is_flag=True,
    help="Say that the clock of this machine is right although it has jumped, and end. Nothing else is done.",
)
@click.pass_context
def worker(context: click.Context, once: bool, clock_is_right: bool) -> None:
    """Fold live counts, publish results, make reports, forget after 72 hours and shuffle at night, until stopped."""
    app = context.ensure_object(ScriptInfo).load_app()
    if clock_is_right:
        with app.app_context():
            reading = present_reading()
            with transaction() as session:
                believe(session, reading)
        click.echo(f"It is {reading.at:%Y-%m-%d %H:%M} UTC. The jobs go by that from now on.")
        return
    settings: Settings = app.extensions["samvad.settings"]
    _require_ready(settings)
    write_log_lines(logging.WARNING)
    if not once:
        _let_watch(app, settings)
    # What has waited while no worker ran is not left waiting for the next full half hour.
    # What takes long begins with the next minute, beside the rest.
    failed = run_once(app.app_context, long_ones=once)
    if once:
        if failed:
            raise click.ClickException(f"Not done: {', '.join(failed)}. The reason stands above.")
        return
    # The night's job and the reports of a month take long; counting and forgetting go on beside them.
    schedule(app.app_context).create_consumer(workers=3, periodic=True).run()


def _let_watch(app: Flask, settings: Settings) -> None:
    """Tell how long the jobs hold the write lock, which only this process knows. Jobs go on where that cannot be."""
    if settings.watch_port is None:
        return
    locks: LockTimes = app.extensions[LOCK_TIMES]
    pages = {
        "/healthz": lambda: Page(b"ok\n", content_type="text/plain; charset=utf-8"),
        "/metrics": lambda: Page(write_metrics(locks.families()), content_type=CONTENT_TYPE),
    }
    port = settings.watch_port + 1
    try:
        LoopbackServer(port, pages_at(pages)).begin()
    except OSError:
        _log.error("Port %d is not free, so nobody can watch.", port, extra={"event": "watch.port"})


def _require_ready(settings: Settings) -> None:
    """Problem `start.…`. A database that somebody holds is no reason not to start: the jobs are tried again."""
    try:
        require_ready(settings.database_url, settings.secrets)
    except OperationalError as error:
        if "is locked" not in str(error.orig):
            raise
