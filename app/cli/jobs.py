"""samvad jobs: list, ask, cancel."""

from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from app.cli.text import NUMBER, TEXT
from app.domain.installation.job import MONTH_WITHOUT_RESULTS, read_month
from app.domain.problem import Problem
from app.domain.weeks import day_of
from app.services.figures.editions.report_choice import months_shown
from app.services.installation.jobs.job_queries import JobView, list_jobs
from app.services.installation.jobs.jobs import ask_job, cancel_job
from app.services.places.ancestry import subtree_ids
from app.services.places.queries import PLACE_UNKNOWN, find_place_by_code, top_place
from app.transaction import reading, transaction


@click.group()
def jobs() -> None:
    """Work that takes long: the reports of a month for many places. The worker does it."""


@jobs.command("list")
@with_appcontext
def list_all() -> None:
    """One line for each job, the newest first: number, kind, place, month, state, how many places of how many."""
    with reading() as session:
        found = list_jobs(session, per_page=1_000)
    now = datetime.now(UTC)
    for job in found.rows:
        click.echo("\t".join(map(str, (job.id, job.kind, job.place_code, job.period, *_progress(job, now)))))
    if not found.rows:
        click.echo("Nothing has been asked for yet.")


@jobs.command()
@click.option("--month", type=TEXT, required=True, help="A month that is over, such as 2026-10.")
@click.option("--place", type=TEXT, help="The code of a place: of it and all below it. The whole department without.")
@with_appcontext
def ask(month: str, place: str | None) -> None:
    """Have the reports of a month made, into one file."""
    now = datetime.now(UTC)
    first = read_month(month, day_of(now))
    with transaction() as session:
        top = find_place_by_code(session, place) if place else top_place(session, day_of(now))
        if top is None:
            raise Problem(PLACE_UNKNOWN)
        if not months_shown(session, subtree_ids(session, top.id, day_of(now)), [first], now):
            raise Problem(MONTH_WITHOUT_RESULTS)
        number = ask_job(session, top.id, first, None, now)
    click.echo(f"Job {number} waits for the worker.")


@jobs.command()
@click.argument("number", type=NUMBER)
@with_appcontext
def cancel(number: int) -> None:
    """Cancel a job that waits or is being done."""
    with transaction() as session:
        cancel_job(session, number, None, datetime.now(UTC))
    click.echo("Cancelled.")


def _progress(job: JobView, now: datetime) -> tuple[str, str]:
    gone = job.kept_until is not None and not job.is_kept(now)
    return "gone" if gone else job.failure or job.state.value, f"{job.done}/{job.total}"
