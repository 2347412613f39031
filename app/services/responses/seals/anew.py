"""Sealing anew what a backup has brought back: backups hold no seals, since those would tell what came last."""

from collections.abc import Callable

from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from app.models import SealWeek, Unsealed
from app.services.locks import Job, hold
from app.services.responses.seals.adoption import note_adopted
from app.services.responses.seals.verification import Look
from app.services.responses.seals.week_seals import told_so_far, write_week


def seal_anew(session: Session, tell: Callable[[int], None] = lambda _: None) -> list[str]:
    """Make the seals of all weeks of what is there; a line for each answer or verdict that is not what was marked.

    What is gone is not missed afterwards. So the public record is told of it, and there its counts have fallen.
    """
    hold(session, Job.SEAL)
    if session.get_bind().dialect.name == "postgresql":
        # Nobody stores an answer meanwhile; on SQLite nobody can.
        session.execute(text("LOCK TABLE response, verdict, arrival IN SHARE MODE"))
    session.execute(delete(Unsealed))
    looked = Look(session, tell)
    altered = list(looked.altered())
    session.execute(delete(SealWeek))
    told_so_far(session).answers = 0
    weeks = sorted(looked.answers.keys() | looked.verdicts.keys())
    for week in weeks:
        write_week(session, week, looked.answers[week].settle(), looked.verdicts[week].settle())
    if weeks:
        note_adopted(session, weeks[-1])
    return altered
