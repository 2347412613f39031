"""Lists of places: looked at, imported whole or not at all, exported."""

import os
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.places.importing import CHANGED, REFUSED, ImportOptions
from app.domain.places.place import BilingualName, PlaceGroup, PlaceKind
from app.domain.problem import Problem
from app.formats.tables.reading import read_table
from app.models import AuditEntry, Place
from app.services.places.ancestry import Ancestry, subtree_ids
from app.services.places.changes import rename_place, retire_place
from app.services.places.imports import MADHYA_PRADESH, apply_import, export_places, plan_import
from app.services.places.queries import (
    children_of,
    describe_place,
    find_place,
    find_place_by_code,
    known_places,
    tops_of,
)
from tests.factories.places.places import add_place as place_row
from tests.services.places.listed import LATER, LIST, NOW, TODAY, codes, id_of, put

DATA = Path(os.environ.get("SAMVAD_SHARED_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
real_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")


class TestImport:
    def test_a_list_becomes_a_tree(self, any_session: Session) -> None:
        made = put(any_session)

        assert made.changes == 7  # type: ignore[attr-defined]
        state = id_of(any_session, "MP")
        assert len(subtree_ids(any_session, state, TODAY)) == 7
        assert codes(children_of(any_session, state, TODAY, language="hi")) == ["IND", "BPL"]
        assert [line.holds for line in children_of(any_session, state, TODAY, language="hi")] == [2, 1]
        assert codes(tops_of(any_session, subtree_ids(any_session, state, TODAY), TODAY, language="hi")) == ["MP"]

    @pytest.mark.parametrize("ending", ["csv", "xlsx"])
    def test_importing_an_export_changes_nothing(self, any_session: Session, ending: str) -> None:
        put(any_session)
        retire_place(any_session, id_of(any_session, "IND-1"), None, NOW)
        rename_place(any_session, id_of(any_session, "IND-2"), BilingualName(None, "=cmd"), None, NOW)
        table = read_table(export_places(any_session, ending=ending))

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
        past = describe_place(any_session, station, LATER.date(), language="hi").history
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

        assert len(children_of(any_session, top.id, TODAY, language="hi")) == 55
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


def test_a_kind_that_a_list_changes_is_changed_and_no_other(any_session: Session) -> None:
    put(any_session)
    made = put(any_session, LIST.replace("IND-2,station", "IND-2,subdivision"), LATER)
    assert [(one.code, one.after) for one in made.regraded] == [("IND-2", PlaceKind.SUBDIVISION)]  # type: ignore[attr-defined]
    kinds = {place.code: place.kind for place in any_session.scalars(select(Place))}
    assert kinds == {
        "MP": "state",
        "BPL": "district",
        "IND": "district",
        "BPL-1": "station",
        "IND-1": "station",
        "IND-2": "subdivision",
        "IND-2-A": "outpost",
    }


def test_a_list_that_changes_nothing_leaves_no_entry(session: Session) -> None:
    assert known_places(session) == []
    put(session)
    assert known_places(session) != []
    put(session, at=LATER)
    assert session.scalars(select(AuditEntry.at)).all() == [NOW]


class TestGroups:
    def test_a_list_brings_groups_and_an_empty_cell_leaves_them(self, any_session: Session) -> None:
        put(any_session, LIST.replace("parent_code\n", "parent_code,group\n").replace("Bhopal,MP", "Bhopal,MP,शहर"))
        made = put(any_session, "code,समूह\nBPL-1,City\nIND-2,क़स्बा\nIND-1,\n")
        told = [(one.row, one.code, one.before, one.after) for one in made.groups]  # type: ignore[attr-defined]
        assert told == [(2, "BPL-1", None, PlaceGroup.CITY), (3, "IND-2", None, PlaceGroup.TOWN)]
        again = put(any_session, "code,name_en,group\nBPL-1,Kotwali Old,\nIND-2,,rural\nBPL,,city\n")
        told = [(one.code, one.before, one.after) for one in again.groups]  # type: ignore[attr-defined]
        assert told == [("IND-2", PlaceGroup.TOWN, PlaceGroup.RURAL)]
        groups = {place.code: place.group for place in known_places(any_session) if place.group}
        assert groups == {"BPL": PlaceGroup.CITY, "BPL-1": PlaceGroup.CITY, "IND-2": PlaceGroup.RURAL}
        assert find_place_by_code(any_session, "IND-2").group is PlaceGroup.RURAL

    @pytest.mark.parametrize("ending", ["csv", "xlsx"])
    def test_groups_come_back_from_an_export(self, any_session: Session, ending: str) -> None:
        put(any_session)
        put(any_session, "code,group\nBPL-1,city\n")
        table = read_table(export_places(any_session, ending=ending))
        assert table.rows[0].cells[-1] == "group"
        assert plan_import(any_session, table, ImportOptions(), TODAY).changes == 0
        assert {row.cell(0): row.cell(9) for row in table.rows}["BPL-1"] == "city"

    @pytest.mark.parametrize("word", ["urban", "village 7", "शहरी"])
    def test_an_unknown_word_is_told_by_row_and_column(self, any_session: Session, word: str) -> None:
        put(any_session)
        with pytest.raises(Problem) as refused:
            put(any_session, f"code,Group\nBPL-1,city\nIND-2,{word}\n")
        (part,) = refused.value.parts
        assert (part.code, part.details["row"], part.details["column"]) == ("place.group_unknown", 3, "Group")
        assert word in part.sentence()
        assert find_place_by_code(any_session, "BPL-1").group is None

    def test_the_database_knows_no_other(self, any_session: Session) -> None:
        put(any_session)
        with pytest.raises(IntegrityError, match="known_group"):
            any_session.execute(update(Place).where(Place.code == "BPL").values(place_group="village"))
