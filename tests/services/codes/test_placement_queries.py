"""Placements read: behind a token, by a number, and in the register."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.placement import PlacementState
from app.domain.codes.token import Token
from app.domain.problem import Problem
from app.formats.crypto.tokens import TokenSigner
from app.models import SigningKey
from app.services.codes.placement_queries import (
    PlacementFilter,
    count_placements,
    find_by_number,
    get_placement,
    list_placements,
    open_placement,
    poster_runs,
    token_for_number,
    views_of,
)
from app.services.codes.placements import retire_placement
from tests.factories import VISIT, add_place, add_placement, add_survey
from tests.factories.codes.issuing import NOW, TODAY, issue
from tests.factories.surveys.surveys import add_version

SIGNER = TokenSigner({0: b"k" * 32, 1: b"n" * 32})


def test_a_token_opens_the_page_of_its_placement(any_session: Session) -> None:
    place, version = add_place(any_session), add_survey(any_session)
    made = get_placement(any_session, issue(any_session, place, version), now=NOW)
    opened = open_placement(any_session, made.token, now=NOW)
    assert (opened.place.hi, opened.hung_at, opened.number) == ("थाना उदाहरण", "मुख्य द्वार", made.number)
    assert (opened.channel, opened.survey_version_id) == (Channel.POSTER, version.id)
    assert open_placement(any_session, Token(Channel.TYPED, 0, made.id), now=NOW).channel is Channel.TYPED


def test_only_the_channel_and_key_of_the_placement_open_it(session: Session) -> None:
    place, version = add_place(session), add_survey(session)
    poster, handle = issue(session, place, version), issue(session, place, version, channel=Channel.HANDLE)
    for token in (
        Token(Channel.HANDLE, 0, poster),
        Token(Channel.POSTER, 1, poster),
        Token(Channel.TYPED, 0, handle),
        Token(Channel.POSTER, 0, (poster + 1) % 2**32),
    ):
        with pytest.raises(Problem, match=r"token\.invalid"):
            open_placement(session, token, now=NOW)


def test_a_closed_survey_opens_without_a_version(session: Session) -> None:
    place, version = add_place(session), add_survey(session)
    made = get_placement(session, issue(session, place, version), now=NOW)
    version.state, version.closed_at = "closed", NOW
    session.flush()
    assert open_placement(session, made.token, now=NOW).survey_version_id is None


def test_the_state_is_the_worst_that_holds(any_session: Session) -> None:
    place, version = add_place(any_session), add_survey(any_session)
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    cut = add_placement(any_session, place, version, key_id=5)
    any_session.get_one(SigningKey, 5).cut_off_on = TODAY
    any_session.flush()
    expected = {
        add_placement(any_session, place, version).id: PlacementState.ACTIVE,
        add_placement(any_session, place, version, expires_on=TODAY, retired_at=NOW + timedelta(hours=1)).id: (
            PlacementState.ACTIVE
        ),
        add_placement(any_session, place, version, expires_on=yesterday).id: PlacementState.EXPIRED,
        add_placement(any_session, place, version, expires_on=yesterday, retired_at=NOW).id: PlacementState.RETIRED,
        add_placement(any_session, place, version, retired_at=NOW, compromised_on=TODAY).id: (
            PlacementState.COMPROMISED
        ),
        add_placement(any_session, place, version, compromised_on=tomorrow).id: PlacementState.ACTIVE,
        cut.id: PlacementState.COMPROMISED,
    }
    assert {id_: get_placement(any_session, id_, now=NOW).state for id_ in expected} == expected
    for state in PlacementState:
        found = list_placements(any_session, PlacementFilter(state=state), now=NOW).rows
        assert {view.id for view in found} == {id_ for id_, held in expected.items() if held is state}


def test_a_number_is_found_as_people_type_it(any_session: Session) -> None:
    place, version = add_place(any_session), add_survey(any_session)
    made = get_placement(any_session, issue(any_session, place, version), now=NOW)
    assert made.number is not None
    hindi = "".join(chr(0x966 + int(digit)) for digit in made.number)
    for typed in (made.number, f" {made.number[:4]} {made.number[4:]} ", f"{made.number[:4]}-{made.number[4:]}", hindi):
        assert find_by_number(any_session, typed, now=NOW).id == made.id
    text = token_for_number(any_session, hindi, SIGNER, now=NOW)
    assert SIGNER.verify(text) == Token(Channel.TYPED, 0, made.id)


def test_wrong_and_unknown_numbers_are_told_apart(session: Session) -> None:
    place, version = add_place(session), add_survey(session)
    number = get_placement(session, issue(session, place, version), now=NOW).number
    assert number is not None
    for typed in (
        "",
        "1234567",
        "123456789",
        number[:-1] + str((int(number[-1]) + 1) % 10),
        "abcdefgh",
        "१२३",
        "²²²²²²²²",
    ):
        with pytest.raises(Problem, match=r"number\.invalid"):
            find_by_number(session, typed, now=NOW)
    unknown = "00000000"
    with pytest.raises(Problem, match=r"number\.unknown"):
        find_by_number(session, unknown, now=NOW)


def test_the_register_filters_and_pages(any_session: Session) -> None:
    district = add_place(any_session, kind="district", name_hi="ज़िला नमूना", name_en="Namuna")
    kotwali = add_place(any_session, parent=district, name_hi="थाना कोतवाली", name_en="Kotwali 100%")
    nagar = add_place(any_session, parent=district, name_hi="थाना नगर", name_en=None)
    version = add_survey(any_session)
    first, second = issue(any_session, kotwali, version), issue(any_session, nagar, version, hung_at="राशन की दुकान")
    link = issue(any_session, kotwali, version, channel=Channel.HANDLE, hung_at="Facebook")

    def found(**which: object) -> set[int]:
        return {view.id for view in list_placements(any_session, PlacementFilter(**which), now=NOW).rows}  # type: ignore[arg-type]

    number = get_placement(any_session, second, now=NOW).number
    assert number is not None
    assert found() == {first, second, link}
    assert found(places={nagar.id}) == {second}
    assert found(places=frozenset()) == set()
    assert found(channel=Channel.HANDLE) == {link}
    assert found(text="कोतवाली") == found(text="KOTWALI") == found(text="100%") == {first, link}
    assert found(text="राशन") == {second}
    assert found(text=f"{number[:4]} {number[4:]}") == {second}
    assert found(text="_") == set()
    pages = [list_placements(any_session, PlacementFilter(), now=NOW, page=page, per_page=2) for page in (0, 1, 2, 9)]
    assert [(page.page, page.pages, page.total, len(page.rows)) for page in pages] == [
        (1, 2, 3, 2),
        (1, 2, 3, 2),
        (2, 2, 3, 1),
        (2, 2, 3, 1),
    ]


def test_a_code_asks_the_newest_version_of_its_own_survey(any_session: Session) -> None:
    place, version = add_place(any_session), add_survey(any_session)
    made = get_placement(any_session, issue(any_session, place, version), now=NOW)
    newer = add_version(any_session, version, VISIT)
    add_version(any_session, add_version(any_session, add_survey(any_session), VISIT), VISIT)
    assert open_placement(any_session, made.token, now=NOW).survey_version_id == newer.id


def test_the_register_can_leave_out_what_nobody_can_answer(any_session: Session) -> None:
    place = add_place(any_session)
    open_, closed = add_survey(any_session), add_survey(any_session, closed_at=NOW)
    asked, other = add_placement(any_session, place, open_), add_placement(any_session, place, closed)
    for which, ids in (
        (PlacementFilter(asked=True), {asked.id}),
        (PlacementFilter(survey_id=closed.survey_id), {other.id}),
        (PlacementFilter(survey_id=closed.survey_id, asked=True), set()),
        (PlacementFilter(), {asked.id, other.id}),
    ):
        assert {view.id for view in list_placements(any_session, which, now=NOW).rows} == ids


def test_codes_that_end_by_a_day_of_the_forms_own_are_listed_by_their_end(any_session: Session) -> None:
    """The factory issues on 1 January 2026; the form of earlier versions filled in that day a year later."""
    place, version = add_place(any_session), add_survey(any_session)

    def add(after: int | None, **changed: object) -> int:
        ends = None if after is None else date(2026, 1, 1) + timedelta(days=after)
        return add_placement(any_session, place, version, expires_on=ends, **changed).id  # type: ignore[arg-type]

    listed = [add(366), add(365)]
    for other in (None, 364, 367, 1, 730):
        add(other)
    add(365, retired_at=NOW)
    add(365, compromised_on=TODAY)
    which = PlacementFilter(filled_in=True)
    assert [view.id for view in list_placements(any_session, which, now=NOW).rows] == listed[::-1]
    assert count_placements(any_session, which, now=NOW) == 2
    assert count_placements(any_session, PlacementFilter((), filled_in=True), now=NOW) == 0
    over = datetime(2027, 1, 3, 6, tzinfo=UTC)
    assert count_placements(any_session, which, now=over) == 0


def test_the_register_begins_with_what_was_issued_last(session: Session) -> None:
    first, second = add_place(session, name_en="B"), add_place(session, name_en="A")
    version = add_survey(session)
    old = [add_placement(session, place, version).id for place in (first, second)]
    new = issue(session, first, version)
    assert [view.id for view in list_placements(session, PlacementFilter(), now=NOW).rows] == [new, old[1], old[0]]


def test_a_run_is_what_hangs_of_one_survey_at_spots_of_one_name(any_session: Session) -> None:
    places = [add_place(any_session) for _ in range(3)]
    version, other = add_survey(any_session), add_survey(any_session)
    gates = tuple(sorted(issue(any_session, place, version) for place in places))
    court = issue(any_session, places[0], version, hung_at="कोर्ट")
    second = issue(any_session, places[0], other)
    taken_down = issue(any_session, places[1], other)
    retire_placement(any_session, taken_down, actor_id=None, now=NOW)
    issue(any_session, places[0], version, channel=Channel.HANDLE)
    issue(any_session, add_place(any_session), version)
    runs = poster_runs(any_session, [place.id for place in places], now=NOW)
    assert (runs[0].survey_id, runs[0].hung_at, runs[0].placement_ids) == (version.survey_id, "मुख्य द्वार", gates)
    assert {run.placement_ids for run in runs[1:]} == {(court,), (second,)}


def test_a_cover_list_is_read_by_names_in_hindi(session: Session) -> None:
    version = add_survey(session)
    names = ("थाना ख", "थाना क", "थाना ग")
    made = {name: issue(session, add_place(session, name_hi=name), version) for name in names}
    views = views_of(session, [made["थाना ग"], made["थाना क"]], now=NOW)
    assert [view.place.hi for view in views] == ["थाना क", "थाना ग"]
