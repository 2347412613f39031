"""Jobs, read: one, those of some places, and which files belong to any."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from app.domain.installation.job import JOB_UNKNOWN, OPEN, JobKind, JobState
from app.domain.listing import Listing, Paging
from app.domain.places.place import BilingualName
from app.domain.problem import Problem
from app.domain.weeks import month_label
from app.models import Account, Job, Place


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as a list shows it, and as a worker needs it."""

    id: int
    kind: JobKind
    place_id: int
    place_code: str
    place: BilingualName
    month: date
    languages: tuple[str, ...]
    #: the post of whoever asked
    asked_by: str | None
    due_on: date | None
    state: JobState
    made_at: datetime
    begun_at: datetime | None
    finished_at: datetime | None
    done: int
    total: int
    failure: str | None
    folder: str
    kept_until: datetime | None

    @property
    def period(self) -> str:
        """The month as reports are asked for."""
        return month_label(self.month)

    def is_kept(self, now: datetime) -> bool:
        """Whether its file ought to be there."""
        return self.state is JobState.DONE and self.kept_until is not None and now < self.kept_until


def find_job(session: Session, job_id: int) -> JobView:
    """Problem `job.unknown` if there is none."""
    row = session.execute(_jobs().where(Job.id == job_id)).one_or_none()
    if row is None:
        raise Problem(JOB_UNKNOWN)
    return _view(row)


def list_jobs(
    session: Session, place_ids: Collection[int] | None = None, page: int = 1, per_page: int = 50
) -> Listing[JobView]:
    """Those of these places, or all; the newest first."""
    here = [] if place_ids is None else [Job.place_id.in_(place_ids)]
    paging = Paging(session.scalars(select(func.count()).select_from(Job).where(*here)).one(), page, per_page)
    rows = session.execute(_jobs().where(*here).order_by(Job.id.desc()).offset(paging.offset).limit(per_page))
    return paging.listing(map(_view, rows))


def is_due_job_there(session: Session, due_on: date) -> bool:
    """Whether the timetable has asked on this Monday."""
    return session.scalar(select(Job.id).where(Job.due_on == due_on)) is not None


def folders_in_work(session: Session) -> set[str]:
    """Of jobs that have not ended: what is drawn of them is needed."""
    return set(session.scalars(select(Job.folder).where(Job.state.in_([state.value for state in OPEN]))))


def folders_kept(session: Session, past: datetime) -> set[str]:
    """Of jobs whose file is to be had after this time."""
    return set(session.scalars(select(Job.folder).where(Job.state == JobState.DONE.value, Job.kept_until > past)))


def _jobs() -> Select[Job, Place, str]:
    jobs = select(Job, Place, Account.name).join(Place, Place.id == Job.place_id)
    return jobs.outerjoin(Account, Account.id == Job.account_id)


def _view(found: Row[Job, Place, str]) -> JobView:
    row, place, asked_by = found
    return JobView(
        id=row.id,
        kind=JobKind(row.kind),
        place_id=row.place_id,
        place_code=place.code,
        place=place.name,
        month=row.from_on,
        languages=tuple(row.languages.split()),
        asked_by=asked_by,
        due_on=row.due_on,
        state=JobState(row.state),
        made_at=row.made_at,
        begun_at=row.begun_at,
        finished_at=row.finished_at,
        done=row.done,
        total=row.total,
        failure=row.failure,
        folder=row.folder,
        kept_until=row.kept_until,
    )
