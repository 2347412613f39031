"""The answer first: on the page of results, on the first page of the office, and alike on both."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.jobs.editions import make_editions
from app.models import Department, Place, SurveyVersion
from app.services.figures.releases import publish_releases
from app.transaction import transaction
from tests.factories import add_place, add_responses, add_survey, definition, question
from tests.factories.draws.asked_people import add_asked
from tests.fixtures.accounts import SignIn
from tests.web.office.figures.test_reading_attack import printed

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
FIRST = date(2026, 8, 31)
CHOICES = [{"name": name, "label": {"hi": words, "en": words}} for name, words in (("no", "No"), ("yes", "Yes"))]
WISHES = [
    {"name": name, "label": {"hi": words, "en": words}}
    for name, words in (("wait", "Less waiting"), ("talk", "Kinder talk"), ("nothing", "Nothing"))
]


@dataclass
class District:
    state: int
    district: int
    weak: int
    quiet: int


@pytest.fixture
def district(app: Flask) -> District:
    """Two stations of a hundred answers a month: one like the district, one whose people are heard less."""
    app.config["CLOCK"] = lambda: NOW
    questions = [
        question("overall", "scale"),
        question("heard", "scale"),
        question("extra_money", "select_one", choices=CHOICES),
        question("change", "select_multiple", choices=WISHES),
    ]
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Namuna Police", demonstration=True))
        state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State")
        district = add_place(session, kind="district", parent=state, name_hi="ज़िला एक", name_en="District One")
        weak, like, quiet = (add_place(session, parent=district) for _ in range(3))
        version = add_survey(session, definition(questions), slug="visit")
        for week in range(4):
            for place, heard, content in ((weak, 15, 30), (like, 42, 30)):
                given = [
                    {
                        "overall": 5 if at < content else 2,
                        "heard": 5 if at < heard else 1,
                        "extra_money": "yes" if at % 4 == 0 else "no",
                        "change": ["wait", "talk"] if at % 2 else ["nothing"] if at % 4 else ["wait"],
                    }
                    for at in range(50)
                ]
                add_responses(session, place, version, FIRST + timedelta(weeks=week), given)
        add_responses(session, quiet, version, FIRST, [{"overall": 1}] * 4)
        session.flush()
        publish_releases(session, NOW)
        ids = District(state.id, district.id, weak.id, quiet.id)
    make_editions(NOW)
    return ids


def read(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    main = re.search(r"<main.*</main>", answer.text, re.DOTALL)
    assert main
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[0])).split())


def test_the_answer_comes_before_everything_else(district: District, sign_in: SignIn) -> None:
    text = read(sign_in(Role.STATION_HEAD, district.weak), f"/office/reports/{district.weak}")
    first = text.index("about 60 in 100")
    for later in ("Time", "Print in Hindi", "Who answered", "What people answered", "How this was counted"):
        assert first < text.index(later), later
    top = text.split("Who answered")[0]
    assert "no clear change from before" in top
    assert "These figures alone should be no ground for a transfer, a reward or a punishment." in top
    assert "Money, pressure and being watched" in top
    assert top.index("Less waiting") < top.index("Kinder talk") < top.index("Nothing about 24 in 100")


def test_what_stands_out_is_named_beside_the_district(district: District, sign_in: SignIn) -> None:
    text = read(sign_in(Role.STATION_HEAD, district.weak), f"/office/reports/{district.weak}")
    area = text.split("What stands out")[1]
    assert area.startswith(" worse than in District One How was heard?")
    assert "in District One: about 58 in 100" in area
    assert "lower by about" in area
    assert "Questions compared: 2." in area
    assert "better than" not in area
    # A neighbour's own figure is nowhere.
    assert not re.search(r"\b84 (in 100|\()", text)


def test_where_nothing_differs_it_says_so(district: District, sign_in: SignIn) -> None:
    text = read(sign_in(Role.DISTRICT_HEAD, district.district), f"/office/reports/{district.district}")
    assert "No question stands out." in text
    assert "Questions compared with Sample State: 2." in text


def test_a_time_of_ones_own_stands_beside_nothing(district: District, sign_in: SignIn) -> None:
    text = read(sign_in(Role.STATION_HEAD, district.weak), f"/office/reports/{district.weak}?period=all")
    assert "Nothing could be compared yet." in text
    assert "District One:" not in text


@pytest.mark.parametrize(("role", "own"), [(Role.STATION_HEAD, "weak"), (Role.DISTRICT_HEAD, "district")])
def test_the_first_page_begins_with_the_same_sentence(
    app: Flask, district: District, sign_in: SignIn, role: Role, own: str
) -> None:
    client, place = sign_in(role, getattr(district, own)), getattr(district, own)
    home, report = read(client, "/office/"), read(client, f"/office/reports/{place}")
    sentence = re.search(
        r"about \d+ in 100, uncertain at least between \d+ and \d+ : good \(the two best answers\)", home
    )
    assert sentence
    assert sentence[0] in report
    assert "New: results of 23 November 2026" in home
    assert "Next results: 30 November 2026, 11:00" in home
    app.config["CLOCK"] = lambda: NOW + timedelta(days=8)
    make_editions(NOW + timedelta(days=8))
    later = read(sign_in(role, place), "/office/")
    assert "Nothing new since the results of 23 November 2026." in later


class TestLikePlaces:
    """For who heads a district: its stations by name, over what chance alone would do."""

    @pytest.fixture
    def stations(self, app: Flask, district: District) -> list[int]:
        """Nine more, of which the last has far fewer who are content."""
        with transaction() as session:
            above = session.get_one(Place, district.district)
            version = session.query(SurveyVersion).one()
            hindi = "अआइईउऊएऐओ"
            made = [
                add_place(session, parent=above, name_en=f"Station {at}", name_hi=f"थाना {hindi[-1 - at]}")
                for at in range(9)
            ]
            for at, place in enumerate(made):
                good = 20 if at == 8 else 58 + at % 3
                # Not all of one mind throughout, or they were a machine's.
                given = [{"overall": 5 if n < good else 1, "heard": n % 5 + 1} for n in range(100)]
                add_responses(session, place, version, FIRST + timedelta(weeks=9), given)
            session.flush()
            publish_releases(session, NOW + timedelta(days=7))
            ids = [place.id for place in made]
        app.config["CLOCK"] = lambda: NOW + timedelta(days=7)
        make_editions(NOW + timedelta(days=7))
        return ids

    def test_the_one_far_off_is_a_place_to_look(self, district: District, stations: list[int], sign_in: SignIn) -> None:
        client = sign_in(Role.DISTRICT_HEAD, district.district)
        text = read(client, f"/office/reports/{district.district}")
        looks = text.split("Three places to look")[1].split("These figures alone")[0]
        assert "Station 8 : clearly lower, about 20 in 100" in looks
        assert "Station 7" not in looks
        assert "Places below: 12. With 50 people or more, so that they can be compared: 11." in looks
        table = read(client, f"/office/reports/{district.district}/like-places")
        assert table.index("Station 1") < table.index("Station 7") < table.index("Station 8")
        assert table.split("Station 7")[1].split("Station 8")[0].startswith(" as others ")
        assert "None of these places has a group (rural, town, city)" in table
        assert "These figures alone should be no ground for a transfer, a reward or a punishment." in table

    def test_names_stand_in_the_order_of_the_readers_language(
        self, district: District, stations: list[int], sign_in: SignIn
    ) -> None:
        client = sign_in(Role.DISTRICT_HEAD, district.district, language="hi")
        table = read(client, f"/office/reports/{district.district}/like-places")
        assert table.index("थाना अ") < table.index("थाना उ") < table.index("थाना ओ")

    def test_stations_stand_beside_those_of_their_group(
        self, district: District, stations: list[int], sign_in: SignIn
    ) -> None:
        with transaction() as session:
            for place_id in stations:
                session.get_one(Place, place_id).place_group = "rural"
            session.get_one(Place, district.weak).place_group = "city"
        client = sign_in(Role.DISTRICT_HEAD, district.district)
        looks = read(client, f"/office/reports/{district.district}").split("Three places to look")[1]
        assert "Station 8 : clearly lower, about 20 in 100" in looks
        told = "Rural 9, City 1 (too few to compare), Group not said 1 (too few to compare)."
        assert f"Each is compared with its own group: {told}" in looks
        table = read(client, f"/office/reports/{district.district}/like-places")
        assert "Each place is compared with those of its own group alone: rural, town or city." in table
        rural, city = table.index(" Rural "), table.index(" City ")
        assert rural < table.index("Station 1") < table.index("Station 8") < city < table.index(" Group not said ")
        assert "Too few to compare: 1 with 50 people or more. It takes 8." in table[city:]
        assert "about" not in table[city:]

    def test_no_group_is_large_enough(self, district: District, stations: list[int], sign_in: SignIn) -> None:
        with transaction() as session:
            for at, place_id in enumerate(stations):
                session.get_one(Place, place_id).place_group = ("rural", "town")[at % 2]
        client = sign_in(Role.DISTRICT_HEAD, district.district, language="hi")
        text = read(client, f"/office/reports/{district.district}/like-places")
        assert "कोई जगह मिलाई नहीं जा सकती" in text
        for group, number in (("ग्रामीण", 5), ("क़स्बा", 4), ("समूह नहीं बताया गया", 2)):
            assert f"{group} : मिलाने के लिए बहुत कम। 50 या ज़्यादा लोगों वाली जगहें: {number}; चाहिए: 8।" in text
        looks = read(client, f"/office/reports/{district.district}").split("ध्यान देने की तीन बातें")[-1]
        assert "ग्रामीण 5" in looks

    @pytest.mark.parametrize("role", [Role.STATION_HEAD, Role.PRINTING_OFFICER])
    def test_no_station_sees_another(
        self, district: District, stations: list[int], sign_in: SignIn, role: Role
    ) -> None:
        client = sign_in(role, stations[0])
        assert client.get(f"/office/reports/{district.district}/like-places").status_code == 403
        if role is Role.STATION_HEAD:
            assert "Station 8" not in client.get(f"/office/reports/{stations[0]}").text
            own = read(client, f"/office/reports/{stations[0]}/like-places")
            assert "No places can be compared" in own

    def test_too_few_places_are_no_group(self, district: District, sign_in: SignIn) -> None:
        client = sign_in(Role.DISTRICT_HEAD, district.district)
        text = read(client, f"/office/reports/{district.district}/like-places")
        assert "No places can be compared" in text
        assert "in 100" not in text
        assert "Too few to compare: 2 with 50 people or more. It takes 8." in text
        assert "so that they can be compared: 2." in read(client, f"/office/reports/{district.district}")

    def test_the_list_of_places_says_who_has_results(self, district: District, sign_in: SignIn) -> None:
        text = read(sign_in(Role.DISTRICT_HEAD, district.district), "/office/reports")
        assert text.count("results of 23 November 2026, new") == 2
        assert text.count("no results yet") == 1
        assert "in 100" not in text


def test_the_first_page_of_a_place_with_too_few(district: District, sign_in: SignIn) -> None:
    home = read(sign_in(Role.STATION_HEAD, district.quiet), "/office/")
    assert "There are fewer than 10 answers so far" in home
    assert "in 100" not in home


@pytest.mark.parametrize("role", [Role.PRINTING_OFFICER, Role.OUTREACH])
def test_who_reads_no_results_finds_none_on_the_first_page(district: District, sign_in: SignIn, role: Role) -> None:
    assert "in 100" not in read(sign_in(role, district.district), "/office/")


def test_before_anything_is_published_the_first_page_is_there(app: Flask, sign_in: SignIn) -> None:
    with transaction() as session:
        place = add_place(session).id
    assert "Good day" in read(sign_in(Role.STATION_HEAD, place), "/office/")


def test_the_state_says_of_a_single_block_that_there_is_no_line_yet(app: Flask, sign_in: SignIn) -> None:
    """Nothing lies above it either, so the side of the page beside money and pressure would be empty."""
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        state = add_place(session, kind="state", name_en="Sample State")
        stations = [add_place(session, parent=add_place(session, kind="district", parent=state)) for _ in range(2)]
        version = add_survey(session, definition([question("overall", "scale")]), slug="visit")
        for week in range(6):
            for station in stations:
                add_responses(session, station, version, FIRST + timedelta(weeks=week), [{"overall": 4}] * 40)
        invited = [{"overall": 5 if at < 36 else 2} for at in range(60)]
        add_responses(session, stations[0], version, FIRST, invited, channel=Channel.INVITE)
        add_asked(session, state, version, FIRST - timedelta(weeks=1), FIRST + timedelta(weeks=8))
        session.flush()
        publish_releases(session, NOW)
        state_id = state.id
    make_editions(NOW)
    client = sign_in(Role.STATE_ADMIN, state_id)
    top = read(client, f"/office/reports/{state_id}").split("Three places to look")[0]
    assert "People who were invited: about 60 answers" in top
    assert "Moved, or not No line yet: it takes a second time with at least 30 answers." in top
    assert "No line yet" in printed(client.get(f"/office/reports/{state_id}/report-en.pdf").data)
