"""What other values would have done to the last quarter, by the findings of its answers."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from app.domain.codes.channel import Evidence
from app.domain.responses.screening.comparison import Difference
from app.domain.responses.screening.likeness import Fact, Rule
from app.domain.responses.screening.policy import LIKENESS, Policy, lot
from app.domain.weeks import IST
from app.models import Place, SurveyVersion
from app.services.figures.tallies import fold_marks
from app.services.responses.screening.findings import keep_facts
from app.services.responses.screening.preview import PolicyPreview, preview_policy
from app.services.responses.screening.screener import Group, Screener
from app.services.responses.screening.settled import LOT_KEY, Judged, find_copies, keep_findings
from tests.factories import add_place, add_responses, add_survey
from tests.factories.responses.alike import ASKED, COPY, people
from tests.thief.days import seeded

pytestmark = pytest.mark.both_databases
WEEK = timedelta(weeks=1)
#: the last whole week
LAST = date(2026, 6, 15)
NOW = datetime(2026, 6, 24, 12, tzinfo=IST)
STRICTER = Policy(fewest_alike=20, fewest_written_alike=3, least_tail=6)


@pytest.fixture
def version(any_session: Session) -> SurveyVersion:
    return add_survey(any_session, ASKED)


@pytest.fixture
def stations(any_session: Session) -> tuple[Place, Place]:
    """Of two districts."""
    state = add_place(any_session, kind="state")
    districts = [add_place(any_session, parent=state, kind="district", name_en=f"District {at}") for at in (1, 2)]
    one, other = (add_place(any_session, parent=district) for district in districts)
    return one, other


def alike(session: Session, place: Place, version: SurveyVersion, number: int, fact: Fact, week: date = LAST) -> int:
    """Answers with a fact each; how many of them their lots set aside."""
    ids = add_responses(session, place, version, week, [COPY] * number)
    keep_facts(session, {id_: [fact] for id_ in ids}, LAST + WEEK)
    return sum(is_above(session, id_, fact) for id_ in ids)


def is_above(session: Session, id_: UUID, fact: Fact) -> bool:
    return 10 * lot(session.info[LOT_KEY], id_) * fact.alike > fact.expected_tenths + 10


def preview(session: Session, stations: tuple[Place, ...], before: Policy, after: Policy) -> PolicyPreview:
    fold_marks(session)
    return preview_policy(session, before, after, [place.id for place in stations], NOW)


def test_it_says_for_each_district_what_stays_and_what_comes_back(
    any_session: Session, stations: tuple[Place, Place], version: SurveyVersion
) -> None:
    few = alike(any_session, stations[0], version, 12, Fact(Rule.SHORT, 12, 20, 9))
    many = alike(any_session, stations[0], version, 30, Fact(Rule.LONG, 30, 20, 20), LAST - 12 * WEEK)
    elsewhere = alike(any_session, stations[1], version, 9, Fact(Rule.TEXT, 9, 0, 30))
    add_responses(any_session, stations[1], version, LAST, people(5, seeded(3)))
    found = preview(any_session, stations, LIKENESS, STRICTER)
    assert [(one.name.en, one.difference) for one in found.districts] == [
        ("District 1", Difference(many, few, 0)),
        ("District 2", Difference(elsewhere, 0, 0)),
    ]
    assert found.whole == Difference(many + elsewhere, few, 0)
    assert (found.answers, found.waiting) == (56, 56)
    assert found.is_whole
    back = preview(any_session, stations, STRICTER, LIKENESS)
    assert back.whole == Difference(many + elsewhere, 0, few)


def test_what_lies_outside_the_quarter_or_was_set_aside_for_itself_is_not_counted(
    any_session: Session, stations: tuple[Place, Place], version: SurveyVersion
) -> None:
    fact = Fact(Rule.SHORT, 12, 0, 9)
    alike(any_session, stations[0], version, 12, fact, LAST - 13 * WEEK)
    alike(any_session, stations[0], version, 12, fact, LAST + WEEK)
    late = add_responses(any_session, stations[0], version, LAST, [COPY] * 12, reasons=["late"])
    keep_facts(any_session, {id_: [fact] for id_ in late}, LAST)
    alike(any_session, stations[1], version, 12, fact)
    found = preview(any_session, stations[:1], LIKENESS, STRICTER)
    assert (found.whole, found.districts, found.answers) == (Difference(), (), 12)


def test_what_was_set_aside_already_is_still_among_them(
    any_session: Session, stations: tuple[Place, Place], version: SurveyVersion
) -> None:
    ids = add_responses(any_session, stations[0], version, LAST, [COPY] * 40)
    group = Group(stations[0].id, version.id, Evidence.OPEN)
    found = find_copies(any_session, Screener(LAST), group, {id_: Judged(LAST, 1) for id_ in ids})
    keep_findings(any_session, found, LAST + WEEK)
    assert len(found.copies) > 30
    fold_marks(any_session)
    seen = preview(any_session, stations, LIKENESS, Policy(50, 20, 12))
    assert seen.whole == Difference(0, len(found.copies), 0)
    assert seen.waiting == 40 - len(found.copies)


def test_of_more_answers_than_can_be_looked_through_the_newest_weeks_are(
    any_session: Session, stations: tuple[Place, Place], version: SurveyVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    for back in range(4):
        alike(any_session, stations[0], version, 10, Fact(Rule.SHORT, 12, 0, 9), LAST - back * WEEK)
    for most, weeks in ((30, 3), (5, 1), (40, 13)):
        monkeypatch.setattr("app.services.responses.screening.preview.MOST_ANSWERS", most)
        found = preview(any_session, stations, LIKENESS, STRICTER)
        assert (found.weeks.first, found.weeks.last) == (LAST - (weeks - 1) * WEEK, LAST)
        assert found.answers == min(40, 10 * weeks)
        assert found.is_whole == (weeks == 13)
