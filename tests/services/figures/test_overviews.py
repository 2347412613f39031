"""What headquarters sees: exact numbers."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.domain.weeks import Weeks
from app.models import Place, SurveyVersion
from app.services.figures.overviews import exact_figures, headquarters_overview, set_aside_answers
from app.services.figures.tallies import fold_marks
from app.services.places.ancestry import Ancestry
from app.services.places.changes import set_parent
from tests.factories import add_place, add_responses, add_survey
from tests.factories.figures.desk import STARS, bengaluru
from tests.factories.surveys.surveys import VISIT, add_version

WEEK = date(2026, 6, 1)
SEVEN = timedelta(days=7)
TWO_WEEKS = Weeks(WEEK, WEEK + SEVEN)


class Tree:
    def __init__(self, session: Session) -> None:
        self.version: SurveyVersion = add_survey(session, slug="visit")
        self.state: Place = add_place(session, kind="state")
        self.station: Place = add_place(session, parent=add_place(session, parent=self.state, kind="district"))


@pytest.fixture
def tree(any_session: Session) -> Tree:
    return Tree(any_session)


def test_published_figures_come_out_exactly(any_session: Session, tree: Tree) -> None:
    add_responses(any_session, tree.station, tree.version, WEEK, bengaluru())
    fold_marks(any_session)
    (figures,) = exact_figures(any_session, tree.state.id, "visit", TWO_WEEKS)
    overall = next(question for question in figures.questions if question.name == "overall")
    assert (figures.evidence, figures.responses) == (Evidence.OPEN, 1949)
    assert (overall.asked, overall.answered, overall.declined, overall.unanswered) == (1949, 1762, 0, 187)
    assert {int(name): number for name, _, number in overall.cells} == STARS


def test_answers_to_an_older_wording_are_told_and_not_mixed_in(any_session: Session, tree: Tree) -> None:
    newer = add_version(any_session, tree.version, VISIT)
    add_responses(any_session, tree.station, tree.version, WEEK, [{"overall": 5}] * 3)
    add_responses(any_session, tree.station, newer, WEEK, [{"overall": 1}] * 2)
    fold_marks(any_session)
    (figures,) = exact_figures(any_session, tree.state.id, "visit", TWO_WEEKS)
    assert (figures.responses, figures.older) == (2, 3)


def test_everything_by_place_and_week(any_session: Session, tree: Tree) -> None:
    add_responses(any_session, tree.station, tree.version, WEEK, [{"overall": 5}] * 3)
    add_responses(any_session, tree.station, tree.version, WEEK + SEVEN, [{"overall": 5}], channel=Channel.COUNTER)
    add_responses(any_session, tree.state, tree.version, WEEK, [{"overall": 5}], reasons=["late", "expired"])
    fold_marks(any_session)
    overview = headquarters_overview(any_session, tree.state.id, "visit", TWO_WEEKS)
    assert (overview.whole.counted, overview.whole.set_aside, overview.whole.by_week) == (4, 1, (3, 1))
    (district,) = overview.rows
    assert (district.kind, district.counted, district.set_aside, district.has_below) == ("district", 4, 0, True)
    assert overview.by_channel == {Channel.POSTER: (3, 1), Channel.COUNTER: (1, 0)}
    weeks = [(counts.week, counts.counted, counts.set_aside) for counts in overview.by_week]
    assert weeks == [(WEEK, {Channel.POSTER: 3}, 1), (WEEK + SEVEN, {Channel.COUNTER: 1}, 0)]
    assert overview.reasons == {"late": 1, "expired": 1}


def test_set_aside_answers_with_their_reasons(any_session: Session, tree: Tree) -> None:
    add_responses(any_session, tree.station, tree.version, WEEK, [{"overall": 2}], reasons=["late"])
    add_responses(any_session, tree.station, tree.version, WEEK + SEVEN, [{"overall": 1}], reasons=["expired"])
    add_responses(any_session, tree.station, tree.version, WEEK, [{"overall": 5}])
    fold_marks(any_session)
    page = set_aside_answers(any_session, tree.state.id, "visit", TWO_WEEKS)
    assert page.total == 2
    assert [(each.week, each.reasons, each.answers) for each in page.rows] == [
        (WEEK + SEVEN, ("expired",), {"overall": 1}),
        (WEEK, ("late",), {"overall": 2}),
    ]
    assert len(set_aside_answers(any_session, tree.state.id, "visit", TWO_WEEKS, page=2, per_page=1).rows) == 1


def test_pages_of_set_aside_answers_are_the_same_however_they_are_looked_for(any_session: Session, tree: Tree) -> None:
    """A place with few answers is looked through; where most are of others, those set aside are."""
    other = add_place(any_session, parent=tree.state)
    for number in range(5):
        reasons = ["late"] if number % 2 else ["expired"]
        add_responses(any_session, tree.station, tree.version, WEEK, [{"overall": number + 1}], reasons=reasons)
        add_responses(any_session, other, tree.version, WEEK + SEVEN, [{"overall": 1}] * 4, reasons=reasons)
    add_responses(any_session, tree.station, tree.version, WEEK, [{"overall": 5}] * 200)
    fold_marks(any_session)
    listed = [
        [
            row
            for page in (1, 2, 3)
            for row in set_aside_answers(any_session, place.id, "visit", TWO_WEEKS, page=page, per_page=9).rows
        ]
        for place in (tree.state, tree.station)
    ]
    assert [len(rows) for rows in listed] == [25, 15]
    # Nine pages of nine have three times the five of the station, since a page beyond the last shows the last.
    assert [row.week for row in listed[0]] == [WEEK + SEVEN] * 20 + [WEEK] * 5
    assert listed[0][20:] == listed[1][:5]


def test_a_place_that_moved_shows_what_its_counts_say(any_session: Session, tree: Tree) -> None:
    """In the week before the move its answers were those of the district that it left."""
    elsewhere = add_place(any_session, parent=tree.state, kind="district")
    for week in (WEEK, WEEK + SEVEN):
        add_responses(any_session, tree.station, tree.version, week, [{"overall": 2}], reasons=["late"])
    fold_marks(any_session)
    before = next(iter(Ancestry.load(any_session).ancestors(tree.station.id, WEEK)))
    set_parent(any_session, tree.station.code, elsewhere.code, WEEK + SEVEN)
    fold_marks(any_session)
    for place, week in ((before, WEEK), (elsewhere.id, WEEK + SEVEN)):
        page = set_aside_answers(any_session, place, "visit", TWO_WEEKS)
        assert (page.total, [row.week for row in page.rows]) == (1, [week])
        assert headquarters_overview(any_session, place, "visit", TWO_WEEKS).reasons == {"late": 1}
