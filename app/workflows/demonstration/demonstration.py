"""Making the demonstration whole: from an empty database to published results and a file of accounts.

Passwords are hashed between a look whether the database is empty and the one transaction that writes. If that fails,
nothing is left behind; if the file cannot be written after it, the accounts are there and nobody knows a password.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from app.config import Settings
from app.domain.weeks import last_settled_week, week_ends_at
from app.formats.crypto.secret_files import write_private
from app.services.figures.releases import publish_releases
from app.services.figures.tallies import fold_marks
from app.services.installation.sealing_keys import record_sealing_keys
from app.services.responses.arrivals import forget_arrivals
from app.services.responses.ingest_context import IngestContext
from app.services.responses.screening.screener import Screener, keep_ways, missing_ways, read_ways
from app.services.responses.screening.settled import LOT_KEY
from app.services.responses.seals.sealing import seal_portion
from app.transaction import reading, transaction
from app.workflows.demonstration.accounts import accounts_table, draw_credentials, open_accounts
from app.workflows.demonstration.answers import receive_week
from app.workflows.demonstration.department import DemoSize, invent_department, require_empty
from app.workflows.demonstration.draw import draw_people
from app.workflows.demonstration.posts import publish_posts
from app.workflows.demonstration.promises import is_time_for_first, promise_all, publish_early
from app.workflows.demonstration.quiet_periods import keep_quiet
from app.workflows.demonstration.rounds import hold_rounds

ACCOUNTS_FILE = "demo-accounts.txt"


def make_demonstration(settings: Settings, size: DemoSize, now: datetime, after_week: Callable[[int], None]) -> Path:
    """The accounts' file. `after_week` is called with 1 after each week. Problem `demonstration.not_empty`."""
    with reading() as session:
        require_empty(session)
    credentials = draw_credentials()
    ingest = IngestContext(settings.secrets)
    with transaction() as session:
        made = invent_department(session, size, host=settings.host, key_id=settings.secrets.newest_key_id, now=now)
        record_sealing_keys(session, settings.secrets.sealing, made.first_week)
        invited = draw_people(session, made, settings)
        places = open_accounts(session, made, credentials, now)
        for week in made.weeks:
            receive_week(session, made, invited, week, ingest, now)
            _settle(session, min(now, week_ends_at(week) + timedelta(hours=6)))
            if is_time_for_first(week, now):
                publish_early(session, week)
            after_week(1)
        hold_rounds(session, made, ingest, settings.secrets.newest_key_id, now)
        _settle(session, now)
        promise_all(session, now)
        publish_posts(session, settings.address, now)
        keep_quiet(session, now)
    file = settings.instance / ACCOUNTS_FILE
    write_private(file, accounts_table(credentials, places, settings.address))
    return file


def _settle(session: Session, now: datetime) -> None:
    """What the jobs do: fold, seal, learn how people answer, publish, forget when answers came."""
    while fold_marks(session).marks:
        pass
    while seal_portion(session):
        pass
    screener = Screener(last_settled_week(now))
    key: bytes = session.info[LOT_KEY]
    ways = {one: read_ways(session, screener, *one, key) for one in missing_ways(session, screener)}
    keep_ways(session, ways, screener.weeks[0])
    publish_releases(session, now)
    forget_arrivals(session, now)
    session.expunge_all()
