"""Places as lines."""

from datetime import date

from app.domain.dialogue.open_data.tables import PLACES
from app.domain.installation.public_results import Depth
from app.services.dialogue.open_data.places import place_lines
from app.services.installation.public_results import decide_public_results
from tests.factories import add_place
from tests.factories.figures.desk import NOW
from tests.services.dialogue.open_data.conftest import Opened
from tests.services.figures.editions.test_making import DUE


def test_in_the_order_of_their_pages_with_names_as_they_are(opened: Opened) -> None:
    opened.busy.place_group, opened.busy.retired_on = "town", date(2026, 11, 1)
    lines = [dict(zip(PLACES.header, line, strict=True)) for line in place_lines(opened.session, opened.scope())]
    assert [(line["place"], line["parent"]) for line in lines] == [("a", "d"), ("b", "d"), ("d", None)]
    assert (lines[0]["name_hi"], lines[0]["name_en"]) == (None, '=1+1,"x"\n')
    assert (lines[1]["group"], lines[1]["retired_on"], lines[1]["code"]) == ("town", "2026-11-01", opened.busy.code)


def test_what_lies_between_and_is_not_public_is_left_out(opened: Opened) -> None:
    between = add_place(opened.session, kind="subdivision", parent=opened.district)
    add_place(opened.session, parent=between).page = "c"
    parents = {line[0]: line[4] for line in place_lines(opened.session, opened.scope())}
    assert parents["c"] == "d"
    decide_public_results(opened.session, Depth.DISTRICT, DUE, None, NOW)
    assert [line[0] for line in place_lines(opened.session, opened.scope())] == ["d"]
