"""Planning an import: what changes, and every problem at once."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.places.drafts import read_date
from app.domain.places.import_plan import ImportPlan
from app.domain.places.importing import ImportOptions, plan_import
from app.domain.places.names import clean_place_text, distinct_words, flaws_in_name, search_key
from app.domain.places.place import BilingualName, KnownPlace, PlaceKind
from app.domain.problem import Problem
from app.domain.table import Table, TableRow

TODAY = date(2026, 11, 23)
HEADER = "code,kind,name_hi,name_en,parent_code,retired_on"
STATE = "S,state,राज्य क,Ka,,"
DISTRICT = "D,district,ज़िला ख,Kha,S,"
STATION = "P,station,थाना ग,Ga,D,"


def table(*lines: str) -> Table:
    return Table(tuple(TableRow(at, tuple(line.split(","))) for at, line in enumerate(lines, 1)))


def known(code: str, kind: str, hi: str, en: str, parent: str | None, **more: object) -> KnownPlace:
    return KnownPlace(code, PlaceKind(kind), BilingualName(hi, en), parent, **more)  # type: ignore[arg-type]


HERE = [
    known("S", "state", "राज्य क", "Ka", None),
    known("D", "district", "ज़िला ख", "Kha", "S", lies_since=date(2026, 1, 1)),
    known("E", "district", "ज़िला घ", "Gha", "S", lies_since=date(2026, 1, 1)),
    known("P", "station", "थाना ग", "Ga", "D", lies_since=date(2026, 1, 1)),
]


def plan(*lines: str, here: Sequence[KnownPlace] = (), header: str = HEADER, **options: object) -> ImportPlan:
    return plan_import(table(header, *lines), here, ImportOptions(**options), TODAY)  # type: ignore[arg-type]


def told(made: ImportPlan) -> list[tuple[str, object, object]]:
    return [(one.code, one.details.get("row"), one.details.get("column")) for one in made.problems]


class TestChanges:
    def test_rows_may_stand_in_any_order(self) -> None:
        made = plan(STATION, DISTRICT, STATE)
        assert [one.code for one in made.added] == ["S", "D", "P"]

    def test_what_is_there_already_does_not_change(self) -> None:
        made = plan(STATE, DISTRICT, STATION, here=HERE)
        assert (made.problems, made.changes, made.unchanged, made.absent) == ((), 0, 3, ("E",))

    def test_a_new_name_is_a_renaming(self) -> None:
        (renaming,) = plan("P,,थाना च,,,", here=HERE).renamed
        assert (renaming.before.hi, renaming.after) == ("थाना ग", BilingualName("थाना च", "Ga"))

    def test_another_parent_is_a_move(self) -> None:
        (move,) = plan("P,,,,E,", here=HERE).moved
        assert (move.before, move.after) == ("D", "E")

    def test_another_kind_is_told(self) -> None:
        here = [*HERE, known("O", "outpost", "चौकी छ", "Chha", "D")]
        (regrading,) = plan("O,station,,,,", here=here).regraded
        assert (regrading.before, regrading.after) == (PlaceKind.OUTPOST, PlaceKind.STATION)

    def test_a_date_retires(self) -> None:
        (retirement,) = plan("P,,,,,31/10/2026", here=HERE).retired
        assert retirement.on == date(2026, 10, 31)

    def test_an_empty_cell_changes_nothing(self) -> None:
        here = [*HERE[:3], known("P", "station", "थाना ग", "Ga", "D", retired_on=TODAY)]
        made = plan("P,,,,,", here=here)
        assert made.changes == 0
        assert [doubt.code for doubt in made.doubts] == ["place.stays_retired"]

    def test_a_parent_may_be_named(self) -> None:
        assert plan("Q,station,थाना ज,,ख,", here=HERE).added[0].parent_code == "D"
        assert plan("Q,station,थाना ज,,KHA District,", here=HERE).added[0].parent_code == "D"

    def test_what_the_file_does_not_say_the_options_say(self) -> None:
        made = plan("7,थाना ज", header="कोड,नाम", here=HERE, kind=PlaceKind.STATION, parent_code="E")
        assert [(one.kind, one.parent_code, one.name.hi) for one in made.added] == [(PlaceKind.STATION, "E", "थाना ज")]

    def test_only_what_lies_below_the_chosen_parent_is_retired(self) -> None:
        here = [*HERE, known("Q", "station", "थाना ज", "Ja", "E")]
        made = plan("R,station,थाना झ,,,", here=here, parent_code="E", retire_missing=True)
        assert [(one.code, one.row) for one in made.retired] == [("Q", None)]

    def test_hindi_headings_below_a_title_are_understood(self) -> None:
        made = plan_import(
            table("मध्य प्रदेश के थाने", "कोड,प्रकार,हिन्दी नाम,अंग्रेजी नाम,किसके अंतर्गत", "S,राज्य,राज्य क,Ka,"),
            [],
            ImportOptions(),
            TODAY,
        )
        assert [(one.row, one.code) for one in made.added] == [(3, "S")]

    def test_plans_that_do_the_same_have_one_digest(self) -> None:
        first, again, other = plan(STATE, DISTRICT), plan(STATE, DISTRICT), plan(STATE, DISTRICT, STATION)
        assert first.digest == again.digest != other.digest


class TestProblems:
    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            (",station,थाना ज,,D,", ("place.code_missing", 5, "code")),
            ("a b,station,थाना ज,,D,", ("place.code_unusable", 5, "code")),
            ("p,station,थाना ज,,D,", ("place.code_twice", 5, "code")),
            ("Q,thana-x,थाना ज,,D,", ("place.kind_unknown", 5, "kind")),
            ("Q,,थाना ज,,D,", ("place.kind_missing", 5, "kind")),
            ("Q,station, \u00a0\u200b, ,D,", ("place.name_missing", 5, "name_hi")),
            ("Q,station,Fkkuk,,D,", ("place.name_not_hindi", 5, "name_hi")),
            ("Q,station,,थाना,D,", ("place.name_not_english", 5, "name_en")),
            ("Q,station,,à¤¥à¤¾,D,", ("place.name_broken", 5, "name_en")),
            ("Q,station,,???,D,", ("place.name_broken", 5, "name_en")),
            ("Q,station,,#REF!,D,", ("place.name_broken", 5, "name_en")),
            ("Q,station,,Ab\u202ecd,D,", ("place.name_hidden", 5, "name_en")),
            ("Q,station,,Ab\x07cd,D,", ("place.name_hidden", 5, "name_en")),
            ("Q,station,,12,D,", ("place.name_without_letters", 5, "name_en")),
            ("Q,station,,Police Station,D,", ("place.name_says_nothing", 5, "name_en")),
            (f"Q,station,,{'x' * 121},D,", ("place.name_long", 5, "name_en")),
            ("Q,station,थाना ग,,D,", ("place.name_twice", 5, "name_hi")),
            ("Q,station,,Thana GA,D,", ("place.name_twice", 5, "name_en")),
            ("Q,station,थाना ज,,X,", ("place.parent_unknown", 5, "parent_code")),
            ("Q,station,थाना ज,,Q,", ("place.parent_itself", 5, "parent_code")),
            ("Q,station,थाना ज,,,", ("place.parent_missing", 5, "parent_code")),
            ("Q,district,ज़िला ज,,P,", ("place.kind_order", 5, "parent_code")),
            ("Q,station,थाना ज,,P,", ("place.kind_order", 5, "parent_code")),
            ("Q,state,राज्य ज,,,", ("place.second_top", 5, "code")),
            ("Q,station,थाना ज,,D,31-31-2026", ("place.date_unreadable", 5, "retired_on")),
            ("Q,station,थाना ज,,D,2027-01-01", ("place.date_ahead", 5, "retired_on")),
            ("Q,station,थाना ज,,D,,x", ("place.cells_without_heading", 5, "")),
        ],
    )
    def test_each_names_row_and_column(self, line: str, problem: tuple[str, int, str]) -> None:
        made = plan(STATE, DISTRICT, STATION, line)
        assert told(made) == [problem]
        assert made.changes == 0
        assert "%(" not in made.problems[0].sentence()

    def test_a_state_lies_in_nothing(self) -> None:
        assert told(plan("S,state,राज्य क,,S,")) == [("place.state_inside", 2, "parent_code")]

    def test_all_are_told_at_once_in_the_order_of_the_file(self) -> None:
        made = plan("Q,x,थाना ज,,D,", STATE, ",station,,,X,")
        assert [(one.code, one.details["row"]) for one in made.problems] == [
            ("place.kind_unknown", 2),
            ("place.parent_unknown", 2),
            ("place.code_missing", 4),
            ("place.name_missing", 4),
            ("place.parent_unknown", 4),
        ]

    def test_what_concerns_the_whole_file_is_told_once_beside_the_rows(self) -> None:
        made = plan("1,Ab", "2,", "3,ab", header="id,name")
        assert told(made) == [
            ("place.parent_unsaid", None, None),
            ("place.kind_unsaid", None, None),
            ("place.name_missing", 3, "name"),
            ("place.name_twice", 4, "name"),
        ]

    @pytest.mark.parametrize(
        ("header", "code"),
        [
            ("kind,name_hi", "place.no_code_column"),
            ("code,kind", "place.no_name_column"),
            ("code,name_hi,हिंदी नाम", "place.column_twice"),
        ],
    )
    def test_headings_are_checked(self, header: str, code: str) -> None:
        assert code in {one.code for one in plan("x,station,ज", header=header).problems}

    def test_a_file_without_rows_is_refused(self) -> None:
        assert told(plan()) == [("place.no_rows", None, None)]

    def test_a_twin_that_is_there_is_named_with_its_code(self) -> None:
        (problem,) = plan("Q,station,थाना ग,,D,", here=HERE).problems
        assert (problem.code, problem.details["code"]) == ("place.name_there", "P")

    def test_two_places_of_one_name_may_lie_apart(self) -> None:
        assert plan("Q,station,थाना ग,Ga,E,", here=HERE).problems == ()

    def test_a_named_parent_must_be_the_only_one(self) -> None:
        here = [*HERE, known("F", "range", "रेंज ख", "Kha", "S")]
        assert told(plan("Q,station,थाना ज,,ख,", here=here)) == [("place.parent_ambiguous", 2, "parent_code")]

    def test_a_place_that_holds_others_is_not_retired(self) -> None:
        assert told(plan("D,,,,,2026-01-01", here=HERE)) == [("place.child_active", 2, "retired_on")]
        assert plan("D,,,,,2026-01-01", "P,,,,,2026-01-01", here=HERE).problems == ()

    def test_nothing_new_lies_in_a_retired_place(self) -> None:
        here = [*HERE[:1], known("D", "district", "ज़िला ख", "Kha", "S", retired_on=TODAY)]
        assert told(plan(STATION, here=here)) == [("place.parent_retired", 2, "parent_code")]

    def test_a_move_begins_after_the_last_one(self) -> None:
        assert told(plan("P,,,,E,", here=HERE, from_on=date(2025, 12, 31))) == [
            ("place.move_too_early", 2, "parent_code")
        ]

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ({"from_on": date(2026, 11, 24)}, "place.from_day_ahead"),
            ({"parent_code": "X"}, "place.parent_not_there"),
        ],
    )
    def test_options_that_cannot_be_are_refused(self, options: dict[str, object], code: str) -> None:
        with pytest.raises(Problem) as refused:
            plan(STATE, here=HERE, **options)
        assert refused.value.code == code

    def test_what_looks_like_no_station_is_a_doubt_only(self) -> None:
        made = plan("Q,station,,Police Wireless Headquarters,D,", here=HERE)
        assert made.problems == ()
        assert [doubt.code for doubt in made.doubts] == ["place.maybe_no_station"]


class TestDirectory:
    HEADER = "State Code,State Name,District Code,District Name"
    SUB = f"{HEADER},Sub-district Code,Sub-district Name"

    def test_codes_say_their_level_and_capitals_are_softened(self) -> None:
        made = plan("23,MADHYA PRADESH,667,AGAR MALWA", "23,MADHYA PRADESH,722,Niwari", header=self.HEADER)
        assert [(one.code, one.name.en, one.parent_code) for one in made.added] == [
            ("LGD-S23", "Madhya Pradesh", None),
            ("LGD-D667", "Agar Malwa", "LGD-S23"),
            ("LGD-D722", "Niwari", "LGD-S23"),
        ]

    def test_a_list_of_subdistricts_renames_no_district(self) -> None:
        here = [
            known("LGD-S23", "state", "मध्य प्रदेश", "Madhya Pradesh", None),
            known("LGD-D409", "district", "नर्मदापुरम", "Narmadapuram", "LGD-S23"),
        ]
        made = plan("23,MADHYA PRADESH,409,HOSHANGABAD,3589,Babai", header=self.SUB, here=here)
        assert (made.renamed, [(one.code, one.kind) for one in made.added]) == (
            (),
            [("LGD-T3589", PlaceKind.SUBDIVISION)],
        )

    def test_one_code_with_two_names_is_refused(self) -> None:
        made = plan("23,MP,1,Ab,7,Ga", "23,MP,1,Xy,8,Gha", header=self.SUB)
        assert told(made) == [("place.area_named_twice", 3, "District Name")]


class TestNames:
    @pytest.mark.parametrize(
        ("raw", "clean"),
        [
            ("\u00a0थाना \t कोतवाली\u2003\n", "थाना कोतवाली"),
            ("\ufeffथाना\u200b क\u200eख", "थाना कख"),
            ("क्\u200dष", "क्\u200dष"),
            ("क\u200dख", "कख"),
            ("टीकमग\u095d", "टीकमग\u0922\u093c"),
        ],
    )
    def test_a_name_is_cleaned(self, raw: str, clean: str) -> None:
        assert clean_place_text(raw) == clean

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("भिण्ड", "भिंड"),
            ("मन्दसौर", "मंदसौर"),
            ("टीकमगढ़", "टिकमगढ"),
            ("छिंदवाड़ा", "छिन्दवाडा"),
            ("Pandhurna", "PANDHURNA"),
            ("Pāndhurnā", "pandhurna"),
            ("Agar-Malwa", "agar malwa"),
        ],
    )
    def test_spellings_of_one_name_are_found_by_each_other(self, one: str, other: str) -> None:
        assert search_key(one) == search_key(other)

    def test_words_for_the_kind_tell_no_two_places_apart(self) -> None:
        assert distinct_words("Police thana Khajrana") == distinct_words("Police station khajrana") == "khajrana"
        assert distinct_words("थाना चीता") != distinct_words("थाना चिता")

    @given(st.text())
    def test_cleaning_is_stable_and_normal(self, text: str) -> None:
        clean = clean_place_text(text)
        assert clean_place_text(clean) == clean
        assert unicodedata.is_normalized("NFC", clean)
        assert clean == clean.strip()

    @given(st.text(), st.sampled_from(["hi", "en"]))
    def test_every_flaw_has_its_sentence(self, text: str, language: str) -> None:
        for flaw in flaws_in_name(clean_place_text(text), language):
            assert flaw.sentence()

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2026-03-31", date(2026, 3, 31)),
            ("31.03.2026", date(2026, 3, 31)),
            ("३१/३/२०२६", date(2026, 3, 31)),
            ("31-02-2026", None),
            ("tomorrow", None),
        ],
    )
    def test_days_are_read_as_they_are_written_in_india(self, text: str, day: date | None) -> None:
        assert read_date(text) == day


CODES = st.sampled_from(["A", "B", "C", "D", "E"])
LINES = st.lists(
    st.tuples(
        CODES,
        st.sampled_from([*PlaceKind, "", "?"]),
        st.sampled_from(["थाना क", "थाना ख", "ग", ""]),
        st.sampled_from(["Ka", "Kha", ""]),
        st.one_of(CODES, st.just("")),
        st.sampled_from(["", "2026-01-01"]),
    ),
    max_size=8,
)


@given(LINES, LINES)
def test_whatever_is_accepted_is_one_tree_in_order(first: list[tuple[str, ...]], second: list[tuple[str, ...]]) -> None:
    places: dict[str, KnownPlace] = {}
    for lines in (first, second):
        made = plan(*(",".join(line) for line in lines), here=list(places.values()))
        if made.problems:
            assert made.changes == 0
            continue
        places |= {
            one.code: KnownPlace(one.code, one.kind, one.name, one.parent_code, one.retired_on) for one in made.added
        }
        for renaming in made.renamed:
            places[renaming.code] = _changed(places[renaming.code], name=renaming.after)
        for move in made.moved:
            places[move.code] = _changed(places[move.code], parent_code=move.after)
        for regrading in made.regraded:
            places[regrading.code] = _changed(places[regrading.code], kind=regrading.after)
        for retirement in made.retired:
            places[retirement.code] = _changed(places[retirement.code], retired_on=retirement.on)
        again = plan(*(",".join(line) for line in lines), here=list(places.values()))
        assert (again.problems, again.changes) == ((), 0)
    assert sum(place.parent_code is None for place in places.values()) == (1 if places else 0)
    for place in places.values():
        if place.parent_code is not None:
            parent = places[place.parent_code]
            assert parent.kind.rank < place.kind.rank
            assert parent.retired_on is None or place.retired_on is not None


def _changed(place: KnownPlace, **changes: object) -> KnownPlace:
    return replace(place, **changes)  # type: ignore[arg-type]
