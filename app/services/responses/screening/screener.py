"""What answers of a survey version are held against: its items, how people answered in half a year, and policies."""

import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from json import dumps, loads
from typing import NamedTuple, cast
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, or_, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.domain.responses.screening.dated_policies import Policies
from app.domain.responses.screening.items import ItemForm, ItemRow, item_form, item_row
from app.domain.responses.screening.ways import WEEKS, Ways, WeekWays
from app.domain.responses.verdict import Decision
from app.domain.surveys.survey import Answers, SurveyDefinition
from app.domain.weeks import WEEK, week_of, weeks_from
from app.formats.wire.responses import read_answers
from app.models import Place, Response, SurveyVersion, Verdict
from app.models import WeekWays as StoredWays
from app.services.responses.policies.dated import read_policies
from app.services.responses.verdicts import COPIED, holds

#: answers that are read at once
_AT_ONCE = 5_000


class Group(NamedTuple):
    """Answers that are held against each other: about one place, one survey version, one evidence class."""

    place_id: int
    survey_version_id: int
    evidence: Evidence

    @property
    def channels(self) -> list[str]:
        """Those through which answers of this class come."""
        return [channel.value for channel in Channel if channel.evidence is self.evidence]


class Screener:
    """For one run of a job. Which weeks' ways and policies are taken is said once, so that a run is even-handed."""

    def __init__(self, until: date) -> None:
        """`until`: the newest week of which ways are known."""
        self.weeks = list(weeks_from(until - (WEEKS - 1) * WEEK, until))
        self._forms: dict[int, ItemForm | None] = {}
        self._ways: dict[int, Ways] = {}
        self._policies: Policies | None = None

    def form(self, session: Session, version_id: int) -> ItemForm | None:
        """None for a version of which likeness says nothing."""
        if version_id not in self._forms:
            text = session.scalars(select(SurveyVersion.definition).where(SurveyVersion.id == version_id)).one()
            self._forms[version_id] = item_form(SurveyDefinition.from_json(text))
        return self._forms[version_id]

    def ways(self, session: Session, version_id: int) -> Ways:
        if version_id not in self._ways:
            same = StoredWays.survey_version_id == version_id, StoredWays.week.in_(self.weeks)
            stored = session.scalars(select(StoredWays.ways).where(*same).order_by(StoredWays.week))
            self._ways[version_id] = Ways.of(WeekWays.from_json(loads(zlib.decompress(one))) for one in stored)
        return self._ways[version_id]

    def policies(self, session: Session) -> Policies:
        if self._policies is None:
            self._policies = read_policies(session)
        return self._policies


def row_of(form: ItemForm, answers: str) -> ItemRow:
    """The items of stored answers."""
    return item_row(form, cast("Answers", read_answers(answers.encode())))


def compared() -> ColumnElement[bool]:
    """Which answers others are held against, for a query in which the verdict that holds is joined: those that nothing
    in themselves sets aside. Copies stay among them, or a copier would only have to go on.
    """
    return or_(Verdict.verdict == Decision.COUNTED.value, Verdict.reasons == COPIED)


def missing_ways(session: Session, screener: Screener) -> list[tuple[int, date]]:
    """Of which versions and weeks nobody has learnt the ways yet, since the version was published.

    Few, but for the first time.
    """
    known = {tuple(row) for row in session.execute(select(StoredWays.survey_version_id, StoredWays.week))}
    published = select(SurveyVersion.id, SurveyVersion.published_at).where(SurveyVersion.published_at.is_not(None))
    return [
        (version, week)
        for version, at in session.execute(published)
        if screener.form(session, version)
        for week in screener.weeks
        if at is not None and week >= week_of(at) and (version, week) not in known
    ]


def read_ways(session: Session, screener: Screener, version_id: int, week: date, key: bytes) -> bytes:
    """How the counted answers of a week were given, as it is stored. Needs no lock."""
    form = screener.form(session, version_id)
    ways = WeekWays.of(_counted_rows(session, form, version_id, week) if form else (), key)
    return zlib.compress(dumps(ways.to_json(), ensure_ascii=False, separators=(",", ":")).encode())


def keep_ways(session: Session, ways: Mapping[tuple[int, date], bytes], first: date) -> None:
    """Keep these, and forget what lies before `first`, against which nothing is held any more."""
    session.execute(delete(StoredWays).where(StoredWays.week < first))
    rows = [{"survey_version_id": version, "week": week, "ways": each} for (version, week), each in ways.items()]
    if rows:
        session.execute(insert(StoredWays), rows)


def _counted_rows(session: Session, form: ItemForm, version_id: int, week: date) -> Iterator[tuple[UUID, ItemRow]]:
    """The places are named, so that an index finds the answers of each."""
    places = session.scalars(select(Place.id)).all()
    rows = session.execute(
        select(Response.id, Response.answers)
        .join(Verdict, Verdict.response_id == Response.id)
        .where(Response.place_id.in_(places), Response.survey_version_id == version_id, Response.week == week)
        .where(Verdict.verdict == Decision.COUNTED.value, holds())
        .execution_options(yield_per=_AT_ONCE)
    )
    return ((id_, row_of(form, answers)) for id_, answers in rows)
