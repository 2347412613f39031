"""samvad worker: work in the background."""

import logging

import click
from flask.cli import ScriptInfo

from app.jobs.schedule import run_once, schedule


@click.command()
@click.option("--once", is_flag=True, help="Do everything that is due once, and end.")
@click.pass_context
def worker(context: click.Context, once: bool) -> None:
    """Fold live counts, publish results and keep the promise of 72 hours, until it is stopped."""
    app = context.ensure_object(ScriptInfo).load_app()
    # What has waited while no worker ran is not left waiting for the next full half hour.
    run_once(app.app_context)
    if once:
        return
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    # One thread: the jobs take turns at the same lock anyway.
    schedule(app.app_context).create_consumer(workers=1, periodic=True).run()
