"""PostgreSQL's own settings, as far as they keep what was promised to vanish, in sentences.

What a server keeps beside the tables is found by `postgres_traces`; here is what whoever runs it has to do about it.
"""

from sqlalchemy import Connection

from app.services.installation.postgres_traces import read_traces
from app.services.installation.watching.defects import Defect, Subject, Weight

#: by the code of a trace, with its values as %(name)s
SENTENCES = {
    "postgres.commit_timestamps": "PostgreSQL keeps the time of every transaction, and so of every answer: set"
    " track_commit_timestamp to off, and restart it.",
    "postgres.wal_archived": "PostgreSQL's log of writes is archived (archive_mode is %(mode)s), and it tells when each"
    " answer came: make sure that no copy is kept for longer than 72 hours.",
    "postgres.wal_kept": "PostgreSQL keeps %(megabytes)s MB of its log of writes, however old: set wal_keep_size to 0.",
    "postgres.wal_recycled": "PostgreSQL uses files of its log of writes again without emptying them: set"
    " wal_recycle to off.",
    "postgres.slot": "The replication slot %(name)s keeps PostgreSQL's log of writes for a reader that is %(state)s"
    " (max_slot_wal_keep_size is %(limit)s): see that none is kept for longer than 72 hours, or drop the slot.",
    "postgres.statements_logged": "PostgreSQL writes statements, and with them answers, into its log: set log_statement"
    " to none.",
    "postgres.wal_not_switched": "The account of Samvad may not begin a new file of PostgreSQL's log each night: GRANT"
    " EXECUTE ON FUNCTION pg_switch_wal() TO it.",
}
#: what the server cannot tell, so that a person has to look
_NOTES = {"postgres.wal_archived", "postgres.slot"}


def check_server(_: Subject, connection: Connection) -> list[Defect]:
    """A defect for each trace that a PostgreSQL server keeps, by its code."""
    if connection.dialect.name != "postgresql":
        return []
    return [
        Defect(
            trace.code,
            SENTENCES[trace.code] % trace.values,
            Weight.NOTE if trace.code in _NOTES else Weight.MEND,
        )
        for trace in read_traces(connection)
    ]
