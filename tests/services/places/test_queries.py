"""Places against both databases: imported, found, changed, exported."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.places.importing import CHANGED, REFUSED, ImportOptions
from app.domain.places.place import BilingualName, PlaceKind
from app.domain.problem import Problem
from app.formats.tables.reading import read_table
from app.models import AuditEntry, Parentage, Place, Tally, TallyMark
from app.services.places.ancestry import Ancestry, subtree_ids
from app.services.places.changes import (
    PLACE_IN_USE,
    add_place,
    is_removable,
    move_place,
    remove_place,
    rename_place,
    restore_place,
    retire_place,
)
from app.services.places.imports import MADHYA_PRADESH, apply_import, export_places, plan_import
from app.services.places.queries import (
    PLACE_UNKNOWN,
    children_of,
    describe_place,
    find_place,
    find_place_by_code,
    holders,
    search_places,
    tops_of,
)
from tests.factories.placements import add_placement
from tests.factories.places import add_place as place_row
from tests.factories.surveys import add_survey

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
TODAY = date(2026, 11, 23)
LATER = datetime(2026, 12, 9, 6, tzinfo=UTC)
DATA = Path(os.environ.get("SAMVAD_SHARED_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
real_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")

LIST = """code,kind,name_hi,name_en,parent_code
MP,state,मध्य प्रदेश,Madhya Pradesh,
BPL,district,भोपाल,Bhopal,MP
IND,district,इंदौर,Indore,MP
BPL-1,station,थाना कोतवाली,Kotwali,BPL
IND-1,station,थाना कोतवाली,Kotwali,IND
IND-2,station,थाना विजय नगर,Vijay Nagar,IND
IND-2-A,outpost,चौकी टीकमगढ़ मार्ग,,IND-2
"""


def put(session: Session, text: str = LIST, at: datetime = NOW, **options: object) -> object:
    return apply_import(
        session,
        read_table(text.encode()),
        ImportOptions(**options),
        actor_id=None,
        now=at,  # type: ignore[arg-type]
    )


def id_of(session: Session, code: str) -> int:
    return find_place_by_code(session, code).id


def codes(lines: tuple[object, ...]) -> list[str]:
    return [line.code for line in lines]  # type: ignore[attr-defined]


class TestImport:
    def test_a_list_becomes_a_tree(self, any_session: Session) -> None:
        made = put(any_session)

        assert made.changes == 7  # type: ignore[attr-defined]
        state = id_of(any_session, "MP")
        assert len(subtree_ids(any_session, state, TODAY)) == 7
        assert codes(children_of(any_session, state, TODAY)) == ["IND", "BPL"]
        assert [line.holds for line in children_of(any_session, state, TODAY)] == [2, 1]
        assert codes(tops_of(any_session, subtree_ids(any_session, state, TODAY), TODAY)) == ["MP"]

    @pytest.mark.parametrize("ending", ["csv", "xlsx"])
    def test_importing_an_export_changes_nothing(self, any_session: Session, ending: str) -> None:
        put(any_session)
        retire_place(any_session, id_of(any_session, "IND-1"), None, NOW)
        rename_place(any_session, id_of(any_session, "IND-2"), BilingualName(None, "=cmd"), None, NOW)
        table = read_table(export_places(any_session, ending=ending).content)

        again = plan_import(any_session, table, ImportOptions(), TODAY)

        assert again.problems == ()
        assert (again.changes, again.unchanged, again.absent) == (0, 7, ())

    def test_with_one_bad_row_nothing_is_imported(self, any_session: Session) -> None:
        with pytest.raises(Problem) as refused:
            put(any_session, LIST + "X,station,,,BPL\nX2,station,थाना ग,,NIRGENDS\n")

        assert refused.value.type is REFUSED
        assert [(part.code, part.details["row"]) for part in refused.value.parts] == [
            ("place.name_missing", 9),
            ("place.parent_unknown", 10),
        ]
        assert any_session.scalar(select(func.count()).select_from(Place)) == 0

    def test_a_move_keeps_the_past_where_it_was(self, any_session: Session) -> None:
        put(any_session)
        put(
            any_session,
            LIST.replace("थाना कोतवाली,Kotwali,IND", "थाना कोतवाली २,Kotwali Two,BPL"),
            LATER,
            from_on=date(2026, 12, 1),
        )

        station = id_of(any_session, "IND-1")
        ancestry = Ancestry.load(any_session)
        assert ancestry.parent(station, date(2026, 11, 30)) == id_of(any_session, "IND")
        assert ancestry.parent(station, date(2026, 12, 1)) == id_of(any_session, "BPL")
        past = describe_place(any_session, station, LATER.date()).history
        assert [(one.parent.en, one.from_on, one.until_on) for one in past] == [
            ("Indore", TODAY, date(2026, 12, 1)),
            ("Bhopal", date(2026, 12, 1), None),
        ]

    def test_what_was_shown_is_what_is_done(self, any_session: Session) -> None:
        put(any_session)
        table = read_table(LIST.replace("Bhopal", "Bhopaal").encode())
        shown = plan_import(any_session, table, ImportOptions(), TODAY)
        rename_place(any_session, id_of(any_session, "BPL"), BilingualName("भोपाल", "Bhopal City"), None, NOW)

        with pytest.raises(Problem) as refused:
            apply_import(any_session, table, ImportOptions(), actor_id=None, now=NOW, digest=shown.digest)

        assert refused.value.type is CHANGED

    def test_places_left_out_are_retired_only_when_asked(self, any_session: Session) -> None:
        put(any_session)
        shorter = LIST.replace("IND-1,station,थाना कोतवाली,Kotwali,IND\n", "")

        kept = put(any_session, shorter)
        assert kept.absent == ("IND-1",)  # type: ignore[attr-defined]
        assert find_place_by_code(any_session, "IND-1").retired_on is None
        put(any_session, shorter, retire_missing=True)
        assert find_place_by_code(any_session, "IND-1").retired_on == TODAY

    def test_an_import_is_in_the_audit_chain(self, any_session: Session) -> None:
        put(any_session)

        assert any_session.scalars(select(AuditEntry.action)).all() == ["places.imported"]

    def test_the_starter_has_all_districts_in_both_languages(self, any_session: Session) -> None:
        made = apply_import(
            any_session, read_table(MADHYA_PRADESH.read_bytes()), ImportOptions(), actor_id=None, now=NOW
        )

        names = {new.name for new in made.added if new.kind is PlaceKind.DISTRICT}
        assert len(names) == 55
        assert all(name.hi and name.en for name in names)
        assert {"Mauganj", "Pandhurna", "Maihar", "Niwari", "Narmadapuram"} <= {name.en for name in names}
        assert made.doubts == ()

    def test_the_starter_hangs_below_a_top_of_the_same_name(self, any_session: Session) -> None:
        top = place_row(any_session, kind="state", code="MPP", name_hi="मध्यप्रदेश पुलिस", name_en=None)

        apply_import(any_session, read_table(MADHYA_PRADESH.read_bytes()), ImportOptions(), actor_id=None, now=NOW)

        assert len(children_of(any_session, top.id, TODAY)) == 55
        assert find_place(any_session, top.id).name.hi == "मध्यप्रदेश पुलिस"

    @real_data
    def test_the_directory_imports_whole_over_the_starter(self, any_session: Session) -> None:
        apply_import(any_session, read_table(MADHYA_PRADESH.read_bytes()), ImportOptions(), actor_id=None, now=NOW)
        districts = read_table((DATA / "lgd_districts_madhya_pradesh.csv").read_bytes())
        tehsils = read_table((DATA / "lgd_subdistricts_madhya_pradesh.csv").read_bytes())

        first = apply_import(any_session, districts, ImportOptions(), actor_id=None, now=NOW)
        second = apply_import(any_session, tehsils, ImportOptions(kind=PlaceKind.STATION), actor_id=None, now=NOW)

        assert [renaming.after.en for renaming in first.renamed] == ["East Nimar"]
        assert (len(first.added), len(second.added), second.renamed) == (0, 424, ())
        assert find_place_by_code(any_session, "LGD-D409").name.en == "Narmadapuram"


class TestSearch:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("kotwali", ["BPL-1", "IND-1"]),
            ("KOTWALI bhopal", ["BPL-1"]),
            ("कोतवाली इन्दौर", ["IND-1"]),
            ("थाना विजय", ["IND-2"]),
            ("टिकमगढ", ["IND-2-A"]),
            ("ind-2", ["IND-2", "IND-2-A"]),
            ("jay", []),
            ("  ", []),
            ("%", []),
            ("'; DROP TABLE place", []),
        ],
    )
    def test_names_are_found_as_people_type_them(self, session: Session, text: str, found: list[str]) -> None:
        put(session)
        lines = search_places(session, text, on=TODAY)
        assert sorted(codes(lines)) == found

    def test_only_what_lies_within_is_found(self, any_session: Session) -> None:
        put(any_session)
        within = subtree_ids(any_session, id_of(any_session, "BPL"), TODAY)

        assert codes(search_places(any_session, "kotwali", within, on=TODAY)) == ["BPL-1"]
        assert codes(search_places(any_session, "kotwali", on=TODAY, kinds={PlaceKind.OUTPOST})) == []
        assert codes(holders(any_session, within, TODAY)) == ["BPL", "BPL-1"]

    def test_the_whole_name_comes_first(self, any_session: Session) -> None:
        put(any_session, LIST + "IND-3,station,थाना इंदौर ग्रामीण,Indore Rural,IND\n")

        assert codes(search_places(any_session, "Indore", on=TODAY))[:2] == ["IND", "IND-3"]

    def test_what_does_not_exist_is_a_problem(self, session: Session) -> None:
        for look in (lambda: find_place(session, 99), lambda: find_place_by_code(session, "X")):
            with pytest.raises(Problem) as refused:
                look()
            assert refused.value.type is PLACE_UNKNOWN


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
