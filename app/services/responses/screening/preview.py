"""What other values would have set aside in the last quarter, by what is kept. For headquarters, before it chooses.

It goes by the answers of those weeks and looks up what was found about each: an index of findings by week would be a
tree of its own, whose pages told in which order they were kept. Nothing is written.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Result, exists, func, select
from sqlalchemy.orm import Session

from app.domain.places.place import BilingualName, PlaceKind
from app.domain.responses.screening.comparison import Comparison, Difference
from app.domain.responses.screening.likeness import Fact, Rule
from app.domain.responses.screening.policy import Policy, lot
from app.domain.weeks import WEEK, Weeks, last_settled_week, week_of, weeks_from
from app.models import Finding, Place, Response, SurveyVersion, Tally, Verdict, WaitingCell
from app.models.round import is_blind
from app.services.places.ancestry import Ancestry
from app.services.responses.screening.screener import compared
from app.services.responses.screening.settled import LOT_KEY
from app.services.responses.verdicts import holds

#: whole weeks that are looked through
WEEKS = 13
#: answers that are looked through at most, or those of one week: some seconds of reading
MOST_ANSWERS = 500_000
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class DistrictDifference:
    """What becomes of the answers about a district and everything below it, or about a place that lies in none."""

    name: BilingualName
    difference: Difference


@dataclass(frozen=True, slots=True)
class PolicyPreview:
    """`weeks` is what was looked through: fewer than `WEEKS` where their answers are more than can be looked through.

    `answers`: how many there were. `waiting`: how many of them are in no result yet, so that not everything was found
    about them. `settled_until`: of later weeks only hours were looked at.
    """

    weeks: Weeks
    answers: int
    waiting: int
    settled_until: date
    whole: Difference
    districts: tuple[DistrictDifference, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the quarter was not too much."""
        return len(list(weeks_from(self.weeks.first, self.weeks.last))) == WEEKS


def preview_policy(
    session: Session, before: Policy, after: Policy, places: Collection[int], now: datetime
) -> PolicyPreview:
    """Of the answers about these places. What people decided about copies comes afterwards, and is left out of it."""
    weeks, answers = _weeks_within_reach(session, places, week_of(now) - WEEK)
    comparison = Comparison(before, after)
    key: bytes = session.info[LOT_KEY]
    for id_, place_id, rule, *numbers in _facts(session, places, weeks, min(before.least_tail, after.least_tail)):
        comparison.add(id_, place_id, Fact(Rule(rule), *numbers), lot(key, id_))
    districts = _by_district(session, comparison.by_place(), weeks.last)
    whole = sum((one.difference for one in districts), Difference())
    return PolicyPreview(
        weeks, answers, _waiting(session, places, weeks), last_settled_week(now), whole, tuple(districts)
    )


def _weeks_within_reach(session: Session, places: Collection[int], last: date) -> tuple[Weeks, int]:
    """The newest whole weeks with at most `MOST_ANSWERS` answers, as far as these were counted, and their number."""
    wanted = Tally.place_id.in_(places), Tally.survey_version_id.in_(_versions(session))
    span = Tally.week.between(last - (WEEKS - 1) * WEEK, last)
    rows = session.execute(select(Tally.week, func.sum(Tally.responses)).where(*wanted, span).group_by(Tally.week))
    counted = {week: int(answers) for week, answers in rows}
    first, answers = last, counted.get(last, 0)
    while first > last - (WEEKS - 1) * WEEK and answers + counted.get(first - WEEK, 0) <= MOST_ANSWERS:
        first -= WEEK
        answers += counted.get(first, 0)
    return Weeks(first, last), answers


def _facts(
    session: Session, places: Collection[int], weeks: Weeks, least_tail: int
) -> Result[UUID, int, str, int, int, int]:
    """What was found about the answers of these weeks that nothing in themselves sets aside, and is rare enough."""
    # Looked up last, and only of those about which something was found.
    verdict = select(1).where(Verdict.response_id == Finding.response_id, holds(), compared())
    return session.execute(
        select(Response.id, Response.place_id, Finding.rule, Finding.alike, Finding.expected_tenths, Finding.tail)
        .join(Finding, Finding.response_id == Response.id)
        .where(Response.place_id.in_(places), Response.survey_version_id.in_(_versions(session)))
        .where(Response.week.between(weeks.first, weeks.last), Finding.tail >= least_tail, exists(verdict))
        .execution_options(yield_per=_AT_ONCE)
    )


def _versions(session: Session) -> list[int]:
    """Named with the places, so that an index finds the weeks of each; without those that nobody may count."""
    return list(session.scalars(select(SurveyVersion.id).where(~is_blind(SurveyVersion.id))))


def _waiting(session: Session, places: Collection[int], weeks: Weeks) -> int:
    waiting = select(func.sum(WaitingCell.counted)).where(WaitingCell.place_id.in_(places), WaitingCell.counted > 0)
    return session.scalar(waiting.where(WaitingCell.week.between(weeks.first, weeks.last))) or 0


def _by_district(session: Session, by_place: Mapping[int, Difference], on: date) -> list[DistrictDifference]:
    """Those first in which most changes."""
    ancestry = Ancestry.load(session)
    known = {row.id: row for row in session.execute(select(Place.id, Place.kind, Place.name_hi, Place.name_en))}
    sums: dict[int, Difference] = defaultdict(Difference)
    for place_id, difference in by_place.items():
        line = (place_id, *ancestry.ancestors(place_id, on))
        districts = (each for each in line if known[each].kind == PlaceKind.DISTRICT)
        sums[next(districts, line[-1])] += difference
    found = [
        DistrictDifference(BilingualName(known[id_].name_hi, known[id_].name_en), one) for id_, one in sums.items()
    ]
    return sorted(found, key=lambda one: (-one.difference.changed, -one.difference.both, one.name.en))
