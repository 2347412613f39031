"""The versions that responses answer: whether they may, and until when."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Dialect, and_, bindparam, select
from sqlalchemy.orm import Session

from app.domain.responses.verdict import Validity
from app.domain.surveys.rounds.round import RoundDates
from app.models import Base
from app.services.locks import Job, share
from app.services.prepared_statements import PreparedStatement

_TABLES = tuple(Base.metadata.tables[name] for name in ("survey_version", "survey", "round"))
_version, _survey, _round = (table.c for table in _TABLES)


class AskedVersion(NamedTuple):
    """A version of a survey, and the dates of the round in which it is asked, if it is."""

    id: int
    survey_id: int
    published_at: datetime | None
    closed_at: datetime | None
    number: int
    #: of the survey
    slug: str
    opens_at: datetime | None
    closes_at: datetime | None
    results_on: date | None
    cancelled_at: datetime | None
    #: when its results were published
    results_at: datetime | None

    @property
    def dates(self) -> RoundDates | None:
        if self.opens_at is None or self.closes_at is None or self.results_on is None:
            return None
        return RoundDates(self.opens_at, self.closes_at, self.results_on)

    @property
    def is_blind(self) -> bool:
        """Whether nobody may count its answers."""
        return self.dates is not None and self.results_at is None

    @property
    def validity(self) -> Validity:
        """What it says of when it may be answered."""
        ends = [at for at in (self.closed_at, self.closes_at, self.cancelled_at) if at is not None]
        return Validity(
            survey_closed_at=min(ends, default=None),
            opens_at=self.opens_at,
            taken_until=None if self.dates is None else self.dates.taken_until,
        )

    def is_being_counted(self, now: datetime) -> bool:
        """Whether its results may be made at any moment."""
        return self.is_blind and self.dates is not None and now >= self.dates.taken_until


_FIND = (
    select(
        *(_version[name] for name in ("id", "survey_id", "published_at", "closed_at", "number")),
        _survey.slug,
        *(_round[name] for name in ("opens_at", "closes_at", "results_on", "cancelled_at", "published_at")),
    )
    .select_from(_TABLES[0].join(_TABLES[1], _survey.id == _version.survey_id))
    .outerjoin(
        _TABLES[2],
        and_(_round.survey_version_id == _version.id, _round.announced_at.is_not(None) | _round.cancelled_at.is_(None)),
    )
    .where(_version.id == bindparam("wanted"))
)


def read_versions(session: Session, ids: Collection[int], now: datetime) -> Mapping[int, AskedVersion | None]:
    """Each by its id; None where there is none."""
    found = _read(session, ids)
    if any(version.is_being_counted(now) for version in found.values() if version):
        # Whoever makes its results waits for the caller, or the caller sees that they are there.
        share(session, Job.ROUNDS)
        return _read(session, ids)
    return found


def _read(session: Session, ids: Collection[int]) -> Mapping[int, AskedVersion | None]:
    database = session.connection()
    find = _find(database.dialect)
    return {id_: find.first(database, AskedVersion._make, wanted=id_) for id_ in ids}


@lru_cache(maxsize=4)
def _find(dialect: Dialect) -> PreparedStatement:
    return PreparedStatement(_FIND, dialect)
