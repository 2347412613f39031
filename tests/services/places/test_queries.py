"""Places read: found by name, within what lies above them, and described."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.places.place import PlaceKind
from app.domain.problem import Problem
from app.models import Place
from app.services.places.ancestry import subtree_ids
from app.services.places.changes import move_place, retire_place
from app.services.places.queries import (
    PLACE_UNKNOWN,
    children_of,
    describe_place,
    find_place,
    find_place_by_code,
    has_page,
    holders,
    register_of,
    search_places,
    tops_of,
)
from tests.factories.codes.placements import add_placement
from tests.factories.surveys.surveys import add_survey
from tests.services.places.listed import LATER, LIST, NOW, TODAY, codes, id_of, put


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
        lines = search_places(session, text, on=TODAY, language="en")
        assert sorted(codes(lines)) == found

    def test_only_what_lies_within_is_found(self, any_session: Session) -> None:
        put(any_session)
        within = subtree_ids(any_session, id_of(any_session, "BPL"), TODAY)

        assert codes(search_places(any_session, "kotwali", within, on=TODAY, language="en")) == ["BPL-1"]
        assert codes(search_places(any_session, "kotwali", on=TODAY, language="en", kinds={PlaceKind.OUTPOST})) == []
        assert codes(holders(any_session, within, TODAY, language="en")) == ["BPL", "BPL-1"]

    def test_the_whole_name_comes_first(self, any_session: Session) -> None:
        put(any_session, LIST + "IND-3,station,थाना इंदौर ग्रामीण,Indore Rural,IND\n")

        assert codes(search_places(any_session, "Indore", on=TODAY, language="en"))[:2] == ["IND", "IND-3"]

    def test_what_does_not_exist_is_a_problem(self, session: Session) -> None:
        for look in (lambda: find_place(session, 99), lambda: find_place_by_code(session, "X")):
            with pytest.raises(Problem) as refused:
                look()
            assert refused.value.type is PLACE_UNKNOWN

    def test_a_closed_place_is_found_only_where_it_is_asked_for(self, session: Session) -> None:
        put(session)
        retire_place(session, id_of(session, "IND-1"), None, NOW)

        assert codes(search_places(session, "kotwali", on=TODAY, language="en")) == ["BPL-1"]
        assert sorted(codes(search_places(session, "kotwali", on=TODAY, language="en", retired=True))) == [
            "BPL-1",
            "IND-1",
        ]
        assert len(search_places(session, "kotwali", on=TODAY, language="en", retired=True, limit=1)) == 1
        assert "IND-1" not in codes(
            holders(session, subtree_ids(session, id_of(session, "MP"), TODAY), TODAY, language="en")
        )

    def test_what_is_found_says_where_it_lies_on_that_day(self, session: Session) -> None:
        put(session)
        move_place(session, id_of(session, "IND-2"), "BPL", LATER.date(), None, LATER)

        for day, district in ((TODAY, "Indore"), (LATER.date(), "Bhopal")):
            (line,) = search_places(session, "IND-2-A", on=day, language="en")
            assert [name.en for name in line.within] == ["Vijay Nagar", district, "Madhya Pradesh"]


class TestDescription:
    def test_a_page_shows_what_lies_above_and_right_below(self, any_session: Session) -> None:
        put(any_session)
        retire_place(any_session, id_of(any_session, "IND-1"), None, NOW)

        view = describe_place(any_session, id_of(any_session, "IND"), TODAY, language="hi")

        assert (view.line.code, codes(view.above), codes(view.below)) == ("IND", ["MP"], ["IND-1", "IND-2"])
        assert [line.retired_on for line in view.below] == [TODAY, None]
        assert codes(children_of(any_session, view.line.id, TODAY, language="en")) == ["IND-2"]
        (state,) = tops_of(any_session, [view.line.id, id_of(any_session, "MP")], TODAY, language="en")
        assert (state.code, state.holds) == ("MP", 2)

    def test_codes_are_counted_that_are_its_own_and_were_not_taken_down(self, any_session: Session) -> None:
        put(any_session)
        own, other = (any_session.get_one(Place, id_of(any_session, code)) for code in ("BPL-1", "IND-1"))
        version = add_survey(any_session)
        for place, retired_at in ((own, None), (own, None), (own, NOW), (other, None)):
            add_placement(any_session, place, version, retired_at=retired_at)

        assert describe_place(any_session, own.id, TODAY, language="hi").codes == 2
        assert describe_place(any_session, id_of(any_session, "BPL"), TODAY, language="hi").codes == 0


def test_the_register_goes_down_each_branch_and_leaves_out_what_has_closed(any_session: Session) -> None:
    put(any_session)
    whole = register_of(any_session, id_of(any_session, "MP"), TODAY)
    assert codes(whole) == ["MP", "IND", "IND-1", "IND-2", "IND-2-A", "BPL", "BPL-1"]
    assert codes(register_of(any_session, id_of(any_session, "BPL-1"), TODAY)) == ["BPL-1"]
    retire_place(any_session, id_of(any_session, "IND-2-A"), None, LATER)
    district = id_of(any_session, "IND")
    assert codes(register_of(any_session, district, LATER.date())) == ["IND", "IND-1", "IND-2"]
    # What was open on an earlier day is in the register of that day.
    assert "IND-2-A" in codes(register_of(any_session, district, TODAY))


def test_a_page_is_looked_for_among_the_kinds_that_are_asked_for(any_session: Session) -> None:
    put(any_session, LIST)
    assert has_page(any_session, [PlaceKind.STATE])
    assert not has_page(any_session, [PlaceKind.RANGE])
    assert not has_page(any_session, [])
    any_session.execute(update(Place).values(page=None))
    assert not has_page(any_session, list(PlaceKind))


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("hi", ["IND", "UN", "BPL", "ARN"]),
        # Capitals or not; one without an English name comes last, by its Hindi name.
        ("en", ["ARN", "BPL", "IND", "UN"]),
    ],
)
def test_places_are_listed_by_the_names_that_the_reader_sees(
    any_session: Session, language: str, order: list[str]
) -> None:
    more = "UN,district,उमरिया,,MP\nARN,district,भोपालपुर,aron,MP\n"
    put(any_session, LIST.replace("BPL-1", f"{more}BPL-1", 1))
    state = id_of(any_session, "MP")

    assert codes(children_of(any_session, state, TODAY, language=language)) == order
    assert codes(describe_place(any_session, state, TODAY, language=language).below) == order
    assert codes(holders(any_session, subtree_ids(any_session, state, TODAY), TODAY, language=language))[1:5] == order
    begun = codes(search_places(any_session, "भो", on=TODAY, language=language))
    assert begun == [code for code in order if code in begun]
    # Two of one name, by their codes.
    assert codes(search_places(any_session, "kotwali", on=TODAY, language=language)) == ["BPL-1", "IND-1"]
    # A page of rows is put in order by the database, whichever it is.
    rows = any_session.scalars(select(Place.code).where(Place.kind == "district").order_by(*Place.by_name(language)))
    assert list(rows) == order
