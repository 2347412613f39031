"""What went well in a place's own terms: on the page of results and on the print, in either language."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.domain.accounts.role import Role
from app.jobs.editions import make_editions
from app.services.figures.releases import publish_releases
from app.transaction import transaction
from tests.factories import add_place, add_responses, add_survey, definition, question
from tests.fixtures.accounts import SignIn
from tests.web.office.figures.test_reading_attack import printed
from tests.web.office.figures.test_standing import CHOICES, NOW, read

#: how many of a hundred found each good
GOOD = {"overall": 50, "respect": 90, "heard": 50, "explained": 20, "waiting": 50}


@pytest.fixture
def station(app: Flask) -> int:
    app.config["CLOCK"] = lambda: NOW
    scales = [question(name, "scale") for name in GOOD]
    with transaction() as session:
        district = add_place(session, kind="district", parent=add_place(session, kind="state"), name_en="District One")
        place = add_place(session, parent=district)
        version = add_survey(
            session, definition([*scales, question("extra_money", "select_one", choices=CHOICES)]), slug="visit"
        )
        given = [
            {name: 5 if at < good else 1 for name, good in GOOD.items()} | {"extra_money": "no" if at % 9 else "yes"}
            for at in range(100)
        ]
        add_responses(session, place, version, date(2026, 10, 5), given)
        session.flush()
        publish_releases(session, datetime(2026, 11, 20, tzinfo=UTC))
        found = place.id
    make_editions(NOW)
    return found


def test_page_and_print_name_what_lies_clearly_off_the_other_questions(sign_in: SignIn, station: int) -> None:
    client = sign_in(Role.STATION_HEAD, station)
    address = f"/office/reports/{station}"
    print_ = printed(client.get(f"{address}/report-en.pdf").data)
    for text in (read(client, f"{address}"), print_):
        _, own = text.split("What went well here, and what did not", 1)
        own = own.split("Some questions get fewer good answers everywhere.")[0]
        strong, weak = own.split("fewer good answers than to the other questions", 1)
        assert "respect" in strong
        assert "explained" in weak
        assert "Questions of this place beside each other: 4, with 53 good answers of 100 on average." in own
        assert not any(name in own for name in ("heard", "waiting", "overall", "extra_money"))


def test_it_is_said_in_hindi(sign_in: SignIn, station: int) -> None:
    text = read(sign_in(Role.STATION_HEAD, station, language="hi"), f"/office/reports/{station}")
    assert "यहाँ क्या अच्छा रहा और क्या नहीं" in text
    assert "बाक़ी सवालों से कम अच्छे जवाब" in text


def test_an_upright_mark_on_the_bar_is_the_place_above(sign_in: SignIn, station: int) -> None:
    client = sign_in(Role.STATION_HEAD, station)
    page = client.get(f"/office/reports/{station}").text
    assert "The upright mark on a bar is District One." in page
    # The answer itself, and every question in the list of all that were compared.
    assert page.count('class="there"') == 1 + len(GOOD)
    assert 'class="there" x="49" width="2"' in page


def test_where_too_few_questions_can_be_set_beside_each_other_nothing_is_said_of_it(
    app: Flask, sign_in: SignIn, station: int
) -> None:
    with transaction() as session:
        other = add_place(session, kind="district", name_en="District Two")
        version = add_survey(session, definition([question("overall", "scale"), question("heard", "scale")]))
        add_responses(session, other, version, date(2026, 10, 5), [{"overall": 5, "heard": 1}] * 100)
        session.flush()
        publish_releases(session, NOW)
        found = other.id
    assert "What went well here" not in read(sign_in(Role.DISTRICT_HEAD, found), f"/office/reports/{found}")
