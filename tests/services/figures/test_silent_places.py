"""Places with codes and without answers: named after four whole weeks, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.weeks import WEEK, week_of
from app.models import Place, SurveyVersion
from app.services.figures.silent_places import SILENT_WEEKS, count_silent, silent_places
from app.services.figures.tallies import fold_marks
from tests.factories import add_place, add_placement, add_responses, add_survey

NOW = datetime(2026, 11, 25, 6, tzinfo=UTC)
FIRST = week_of(NOW) - SILENT_WEEKS * WEEK


@pytest.fixture
def version(any_session: Session) -> SurveyVersion:
    return add_survey(any_session, slug="visit")


def add_with_code(session: Session, version: SurveyVersion, name: str, **code: object) -> Place:
    place = add_place(session, name_en=name)
    add_placement(session, place, version, **code)  # type: ignore[arg-type]
    return place


def test_only_who_has_codes_up_and_no_answer_for_four_whole_weeks(any_session: Session, version: SurveyVersion) -> None:
    never, long, lately, aside = (
        add_with_code(any_session, version, name) for name in ("Never", "Long", "Lately", "Aside")
    )
    add_placement(any_session, never, version, channel=Channel.COUNTER)
    add_responses(any_session, long, version, FIRST - WEEK, [{"overall": 4}] * 2)
    add_responses(any_session, lately, version, FIRST, [{"overall": 4}])
    add_responses(any_session, aside, version, FIRST, [{"overall": 4}], reasons=["late"])
    fold_marks(any_session)
    down = add_with_code(any_session, version, "Down", retired_at=NOW - timedelta(days=9))
    over = add_with_code(any_session, version, "Over", expires_on=FIRST)
    unsafe = add_with_code(any_session, version, "Unsafe", compromised_on=FIRST)
    new = add_place(any_session, name_en="New")
    add_placement(any_session, new, version).issued_on = FIRST + timedelta(days=1)
    bare, foreign = add_place(any_session), add_with_code(any_session, version, "Foreign")
    gone = add_with_code(any_session, version, "Gone")
    gone.retired_on = FIRST
    any_session.flush()
    asked = {each.id for each in (never, long, lately, aside, down, over, unsafe, new, bare, gone)}
    found = silent_places(any_session, asked, NOW)
    told = [(one.name.texts["en"], one.codes, one.last_week) for one in found.rows if one.name.texts]
    assert told == [("Long", 1, FIRST - WEEK), ("Never", 2, None)]
    assert found.total == count_silent(any_session, asked, NOW) == 2
    assert foreign.id not in {one.place_id for one in found.rows}


def test_a_page_holds_so_many_and_costs_two_statements(any_session: Session, version: SurveyVersion) -> None:
    places = {add_with_code(any_session, version, f"Place {at}").id for at in range(5)}
    statements: list[str] = []
    engine = any_session.get_bind()
    listen = lambda *given: statements.append(given[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", listen)
    last = silent_places(any_session, places, NOW, page=9, per_page=2)
    event.remove(engine, "before_cursor_execute", listen)
    assert (last.page, last.pages, last.total) == (3, 3, 5)
    assert [one.name.texts["en"] for one in last.rows if one.name.texts] == ["Place 4"]
    assert len(statements) == 2


def test_they_stand_in_the_order_of_the_readers_own_alphabet(any_session: Session, version: SurveyVersion) -> None:
    places = [
        add_place(any_session, name_hi=hindi, name_en=english)
        for hindi, english in (("अलीराजपुर", "Zone"), ("बैतूल", "Alirajpur"), ("कटनी", None))
    ]
    for place in places:
        add_placement(any_session, place, version)
    asked = {place.id for place in places}
    for language, order in (("hi", [0, 2, 1]), ("en", [1, 0, 2])):
        rows = silent_places(any_session, asked, NOW, language=language).rows
        assert [one.place_id for one in rows] == [places[at].id for at in order]
