"""Places added, moved, retired, restored and removed, one at a time."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.places.place import BilingualName, PlaceGroup, PlaceKind
from app.domain.problem import Problem
from app.models import Account, AuditEntry, Parentage, Place, SurveyVersion, Tally, TallyMark
from app.services.places.ancestry import subtree_ids
from app.services.places.changes import (
    PLACE_IN_USE,
    add_place,
    give_group,
    is_removable,
    move_place,
    remove_place,
    rename_place,
    restore_place,
    retire_place,
)
from app.services.places.queries import find_place, find_place_by_code
from tests.factories.codes.placements import add_placement
from tests.factories.places.jobs import a_job
from tests.factories.surveys.surveys import add_survey
from tests.services.places.listed import LATER, LIST, NOW, TODAY, id_of, put


def tally(place_id: int, version: SurveyVersion, week: date) -> Tally:
    return Tally(
        place_id=place_id,
        survey_version_id=version.id,
        week=week,
        channel="poster",
        verdict="counted",
        responses=1,
        counters=b"",
    )


def account_of(place_id: int) -> Account:
    columns = {
        "name": "x",
        "role": "station_head",
        "language": "hi",
        "password_hash": "x",
        "must_change_password": True,
    }
    return Account(username=f"post-{place_id}", place_id=place_id, **columns)


class TestChanges:
    def test_a_place_is_added_and_named(self, any_session: Session) -> None:
        put(any_session)

        added = add_place(
            any_session,
            code=" BPL-२ ",
            kind=PlaceKind.STATION,
            name=BilingualName("थाना  हबीबगंज\u200b", ""),
            parent_code="BPL",
            actor_id=None,
            now=NOW,
        )

        line = find_place(any_session, added)
        assert (line.code, line.name) == ("BPL-2", BilingualName("थाना हबीबगंज", None))

    @pytest.mark.parametrize(
        ("changed", "problem", "field"),
        [
            ({"code": "bpl"}, "place.code_there", "code"),
            ({"code": "a b"}, "place.code_unusable", "code"),
            ({"name": BilingualName("", " ")}, "place.name_missing", "name_hi"),
            ({"name": BilingualName("Hindi", None)}, "place.name_not_hindi", "name_hi"),
            ({"name": BilingualName(None, "kotwali")}, "place.name_there", "name_en"),
            ({"kind": PlaceKind.DISTRICT}, "place.kind_order", "parent_code"),
            ({"kind": PlaceKind.STATE, "parent_code": None}, "place.second_top", "code"),
            ({"parent_code": None}, "place.parent_missing", "parent_code"),
        ],
    )
    def test_a_refusal_names_its_field(
        self, session: Session, changed: dict[str, object], problem: str, field: str
    ) -> None:
        put(session)
        new = {"code": "N", "kind": PlaceKind.STATION, "name": BilingualName("थाना न", None), "parent_code": "BPL"}
        with pytest.raises(Problem) as refused:
            add_place(session, **(new | changed), actor_id=None, now=NOW)  # type: ignore[arg-type]
        assert (problem, field) in {(part.code, part.details["column"]) for part in refused.value.parts}

    def test_a_place_moves_from_a_day_on(self, any_session: Session) -> None:
        put(any_session)
        station, indore, bhopal = (id_of(any_session, code) for code in ("IND-2", "IND", "BPL"))

        move_place(any_session, station, "BPL", date(2026, 12, 2), None, LATER)

        assert station in subtree_ids(any_session, bhopal, LATER.date())
        assert station in subtree_ids(any_session, indore, date(2026, 12, 1))

    def test_moved_away_and_back_on_one_day_it_has_never_left(self, any_session: Session) -> None:
        put(any_session)
        station = id_of(any_session, "IND-2")
        move_place(any_session, station, "BPL", LATER.date(), None, LATER)
        move_place(any_session, station, "IND", LATER.date(), None, LATER)

        rows = any_session.scalars(select(Parentage).where(Parentage.place_id == station)).all()
        assert [(row.from_on, row.until_on) for row in rows] == [(TODAY, None)]

    @pytest.mark.parametrize(
        ("parent", "day", "code"),
        [
            ("IND-2-A", TODAY, "place.kind_order"),
            ("BPL", date(2026, 11, 22), "place.move_too_early"),
        ],
    )
    def test_an_impossible_move_is_refused(self, session: Session, parent: str, day: date, code: str) -> None:
        put(session)
        with pytest.raises(Problem) as refused:
            move_place(session, id_of(session, "IND-2"), parent, day, None, NOW)
        assert code in {part.code for part in refused.value.parts}

    def test_a_place_cannot_move_tomorrow(self, session: Session) -> None:
        put(session)
        with pytest.raises(Problem) as refused:
            move_place(session, id_of(session, "IND-2"), "BPL", date(2026, 11, 24), None, NOW)
        assert refused.value.code == "place.from_day_ahead"

    def test_a_backdated_move_has_its_weeks_counted_anew(self, any_session: Session) -> None:
        put(any_session)
        station, indore = id_of(any_session, "IND-2"), id_of(any_session, "IND")
        version = add_survey(any_session)
        for week in (date(2026, 11, 23), date(2026, 11, 30)):
            any_session.add(
                Tally(
                    place_id=station,
                    survey_version_id=version.id,
                    week=week,
                    channel="poster",
                    verdict="counted",
                    responses=1,
                    counters=b"",
                )
            )
        any_session.flush()

        move_place(any_session, station, "BPL", date(2026, 12, 1), None, LATER)

        marks = any_session.execute(select(TallyMark.place_id, TallyMark.week)).all()
        assert sorted(map(tuple, marks)) == sorted([(station, date(2026, 11, 30)), (indore, date(2026, 11, 30))])

    def test_a_place_that_holds_others_cannot_be_retired(self, any_session: Session) -> None:
        put(any_session)
        with pytest.raises(Problem) as refused:
            retire_place(any_session, id_of(any_session, "IND-2"), None, NOW)
        assert [part.code for part in refused.value.parts] == ["place.child_active"]

        retire_place(any_session, id_of(any_session, "IND-2-A"), None, NOW)
        retire_place(any_session, id_of(any_session, "IND-2"), None, NOW)
        with pytest.raises(Problem) as refused:
            restore_place(any_session, id_of(any_session, "IND-2-A"), None, NOW)
        assert [part.code for part in refused.value.parts] == ["place.parent_retired"]
        restore_place(any_session, id_of(any_session, "IND-2"), None, NOW)
        assert find_place_by_code(any_session, "IND-2").retired_on is None

    def test_a_place_with_a_code_is_never_deleted(self, any_session: Session) -> None:
        put(any_session)
        station = any_session.get_one(Place, id_of(any_session, "BPL-1"))
        add_placement(any_session, station, add_survey(any_session))

        assert not is_removable(any_session, station.id)
        with pytest.raises(Problem) as refused:
            remove_place(any_session, station.id, None, NOW)
        assert refused.value.type is PLACE_IN_USE
        remove_place(any_session, id_of(any_session, "IND-1"), None, NOW)
        with pytest.raises(Problem):
            id_of(any_session, "IND-1")

    def test_a_backdated_move_leaves_the_counts_of_other_places_and_weeks(self, any_session: Session) -> None:
        put(any_session)
        version = add_survey(any_session)
        codes = ("IND-1", "BPL-1", "IND-2-A", "IND", "BPL")
        cells = [(code, date(2026, 11, 30)) for code in codes] + [("IND-2", date(2026, 11, 23))]
        any_session.add_all(tally(id_of(any_session, code), version, week) for code, week in cells)
        any_session.flush()

        move_place(any_session, id_of(any_session, "IND-2"), "BPL", date(2026, 12, 1), None, LATER)

        assert any_session.scalars(select(TallyMark.place_id)).all() == []

    def test_what_changes_nothing_is_not_recorded(self, session: Session) -> None:
        put(session)
        station = id_of(session, "IND-2-A")
        retire_place(session, station, None, NOW)
        retire_place(session, station, None, LATER)
        restore_place(session, station, None, NOW)
        restore_place(session, station, None, LATER)
        rename_place(session, station, BilingualName(" चौकी टीकमगढ़ मार्ग ", None), None, NOW)
        move_place(session, station, "IND-2", TODAY, None, NOW)

        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)).all()
        assert actions == ["places.imported", "place.retired", "place.restored"]

    def test_both_names_are_given_anew_and_what_they_were_is_recorded(self, session: Session) -> None:
        put(session)
        rename_place(session, id_of(session, "IND-2"), BilingualName("थाना विजयनगर", " "), None, NOW)

        assert find_place_by_code(session, "IND-2").name == BilingualName("थाना विजयनगर", None)
        details = session.scalars(select(AuditEntry.details).where(AuditEntry.action == "place.renamed")).one()
        assert json.loads(details) == {"before": ["थाना विजय नगर", "Vijay Nagar"], "after": ["थाना विजयनगर", None]}
        assert find_place_by_code(session, "IND-1").name == BilingualName("थाना कोतवाली", "Kotwali")

    @pytest.mark.parametrize(
        "belonging",
        [
            lambda place_id, version: tally(place_id, version, TODAY),
            lambda place_id, version: TallyMark(
                place_id=place_id, survey_version_id=version.id, week=TODAY, channel="poster"
            ),
            lambda place_id, _: account_of(place_id),
            lambda place_id, _: a_job(place_id),
        ],
        ids=["figures", "figures to come", "an account", "a job"],
    )
    def test_a_place_is_kept_while_something_belongs_to_it(
        self, session: Session, belonging: Callable[[int, SurveyVersion], object]
    ) -> None:
        put(session)
        place_id, version = id_of(session, "BPL-1"), add_survey(session)
        session.add(belonging(id_of(session, "IND-1"), version))
        session.flush()
        assert is_removable(session, place_id)
        session.add(belonging(place_id, version))
        session.flush()
        assert not is_removable(session, place_id)

    def test_a_place_in_which_something_once_lay_is_kept(self, session: Session) -> None:
        put(session, LIST.replace("BPL-1,station,थाना कोतवाली,Kotwali,BPL\n", ""))
        bhopal, station = id_of(session, "BPL"), id_of(session, "IND-2")
        assert is_removable(session, bhopal)
        move_place(session, station, "BPL", date(2026, 12, 1), None, LATER)
        move_place(session, station, "IND", date(2026, 12, 8), None, LATER)
        assert not is_removable(session, bhopal)


def test_a_group_is_given_taken_away_and_recorded(any_session: Session) -> None:
    put(any_session)
    bhopal = id_of(any_session, "BPL")
    for group in (PlaceGroup.CITY, PlaceGroup.CITY, None):
        give_group(any_session, bhopal, group, None, NOW)
        assert find_place(any_session, bhopal).group is group
    kept = any_session.scalars(select(AuditEntry.details).where(AuditEntry.action == "place.group")).all()
    assert [json.loads(details) for details in kept] == [
        {"before": None, "after": "city"},
        {"before": "city", "after": None},
    ]
