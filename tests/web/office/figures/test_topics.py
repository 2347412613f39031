"""What goes together with satisfaction: who heads a district is told, and who heads a station finds it nowhere."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.accounts.role import Role
from app.domain.surveys.reading import NOTHING_READ, SurveyReading
from app.jobs.editions import make_editions
from app.models import Edition, Place
from app.services.figures.releases import publish_releases
from app.services.surveys.readings import keep_reading
from app.transaction import reading as looking
from app.transaction import transaction
from tests.factories import add_place, add_responses, add_survey, definition, question
from tests.fixtures.accounts import SignIn
from tests.web.office.figures.test_reading_attack import plain, printed
from tests.web.office.test_access import World, address_of, office_rules, world

__all__ = ["world"]

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
FIRST = date(2026, 8, 31)
CHOICES = [{"name": name, "label": {"hi": words, "en": words}} for name, words in (("no", "No"), ("yes", "Yes"))]
QUESTIONS = [
    question("satisfied", "scale"),
    *(question(name, "scale") for name in ("heard", "respect", "seating", "water", "safe")),
    question("extra_money", "select_one", choices=CHOICES),
    question("pressure", "select_one", choices=CHOICES),
]
READING = SurveyReading({"extra_money": ("no",), "pressure": ("no",)}, {})
#: what only a driver says, on the page and in print, in tables and in documents
SAID = re.compile(r"satisfied more often|otherwise equally content|\"driver\"|,driver,|\"drivers\"")


def people(number: int, seed: int) -> Iterator[dict[str, Any]]:
    """Whoever is heard is satisfied more often, and nothing else matters."""
    chance = Random(seed)  # noqa: S311
    for _ in range(number):
        heard = chance.random() < 0.5
        given = {name: 5 if chance.random() < 0.5 else 2 for name in ("respect", "seating", "water", "safe")}
        satisfied = chance.random() < (0.75 if heard else 0.3)
        paid, pressed = chance.random() < 0.3, chance.random() < 0.3
        yield {
            **given,
            "heard": 5 if heard else 2,
            "satisfied": 5 if satisfied else 2,
            "extra_money": "yes" if paid else "no",
            "pressure": "yes" if pressed else "no",
        }


@dataclass
class District:
    state: int
    district: int
    stations: list[int]


def live(
    app: Flask,
    answers: list[list[dict[str, Any]]],
    questions: list[Any] = QUESTIONS,
    reading: SurveyReading = READING,
) -> District:
    """A district with a station for each list of answers, and its editions."""
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        state = add_place(session, kind="state", name_en="Sample State")
        district = add_place(session, kind="district", parent=state, name_en="District One")
        stations = [add_place(session, parent=district) for _ in answers]
        version = add_survey(session, definition(questions), slug="visit")
        keep_reading(session, version.id, reading, NOW)
        for station, given in zip(stations, answers, strict=True):
            add_responses(session, station, version, FIRST, given)
        session.flush()
        publish_releases(session, NOW)
        ids = District(state.id, district.id, [station.id for station in stations])
    make_editions(NOW)
    return ids


def looks(client: FlaskClient, place: int, more: str = "") -> str:
    """The part of the page with places to look."""
    page = client.get(f"/office/reports/{place}{more}")
    assert page.status_code == 200
    found = re.search(r'<section class="looks-at">.*?</section>', page.text, re.DOTALL)
    assert found
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def test_a_district_is_told_which_topic_stands_out_and_how_sure_that_is(app: Flask, sign_in: SignIn) -> None:
    made = live(app, [list(people(300, 1)), list(people(300, 2))])
    client = sign_in(Role.DISTRICT_HEAD, made.district)
    text = looks(client, made.district)
    card = text.split("What goes together with satisfaction")[1]
    assert card.startswith(
        " Of people who were otherwise equally content, those who found this good were satisfied more often"
    )
    assert re.search(
        r"How was heard\? by about \d\d in 100 \(\d\d to \d\d\) "
        r"good \(the two best answers\): about \d\d in 100, uncertain at least between \d\d and \d\d",
        card,
    )
    assert "How was respect?" not in card
    assert "Topics looked at: 7." in card
    assert "Whether it is a cause is in no figure." in card
    assert "because" not in card
    chosen = looks(client, made.district, "?period=all")
    assert "told in the results of a Monday alone" in chosen
    assert not SAID.search(chosen)
    assert "satisfied more often" in printed(client.get(f"/office/reports/{made.district}/report-en.pdf").data)
    assert ",driver," in client.get(f"/office/reports/{made.district}/report.csv").text.replace('"', "")


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize(
    ("number", "stations", "told"),
    [
        (60, 2, "takes about 140 more answers"),
        (150, 2, "takes about 50 more answers"),
        (600, 2, "No topic stands out."),
        (600, 10, "Nothing else stands out."),
    ],
)
def test_a_quiet_district_is_told_so_in_under_forty_words(
    app: Flask, sign_in: SignIn, language: str, number: int, stations: int, told: str
) -> None:
    chance = Random(7)  # noqa: S311
    names = ("satisfied", "heard", "respect", "seating", "water", "safe")
    idle = [{name: chance.choice((2, 5)) for name in names} for _ in range(number)]
    made = live(app, [idle[at::stations] for at in range(stations)])
    text = looks(sign_in(Role.DISTRICT_HEAD, made.district, language=language), made.district)
    assert len(text.split()) < 40, text
    assert language == "hi" or told in text


def test_a_questionnaire_that_marks_nothing_says_so(app: Flask, sign_in: SignIn) -> None:
    questions = [question("satisfied", "scale"), question("extra_money", "select_one", choices=CHOICES)]
    made = live(app, [[{"satisfied": 4, "extra_money": "no"}] * 60], questions, NOTHING_READ)
    text = looks(sign_in(Role.DISTRICT_HEAD, made.district), made.district)
    assert "these questions do not say which answers are good" in text


def outcome(name: str) -> dict[str, Any]:
    return question(name, "select_one", "at_once", "later", "told_to_wait", "refused")


OUTCOMES = [question("satisfied", "scale"), outcome("taken"), outcome("copy"), question("heard", "scale")]
BOTH = SurveyReading({"taken": ("at_once", "later"), "copy": ("at_once", "later")}, {})


def callers(number: int, seed: int) -> Iterator[dict[str, Any]]:
    """Whoever's matter was taken up is satisfied more often, at once or later."""
    chance = Random(seed)  # noqa: S311
    for _ in range(number):
        taken = chance.choice(("at_once", "later", "told_to_wait", "refused"))
        satisfied = chance.random() < (0.8 if taken in ("at_once", "later") else 0.25)
        yield {
            "satisfied": 5 if satisfied else 2,
            "taken": taken,
            "copy": chance.choice(("at_once", "later", "told_to_wait", "refused")),
            "heard": chance.choice((2, 5)),
        }


def test_a_topic_with_several_good_answers_has_the_share_of_these_together(app: Flask, sign_in: SignIn) -> None:
    made = live(app, [list(callers(300, 1)), list(callers(300, 2))], OUTCOMES, BOTH)
    client = sign_in(Role.DISTRICT_HEAD, made.district)
    card = looks(client, made.district).split("What goes together with satisfaction")[1]
    together = r"at_once / later: (about \d\d in 100, uncertain at least between \d\d and \d\d)"
    assert re.search(rf"How was taken\? by about \d\d in 100 \(\d\d to \d\d\) {together}", card)
    # It is what the single shares beside it come to.
    table = csv.DictReader(
        io.StringIO(client.get(f"/office/reports/{made.district}/report.csv").data.decode("utf-8-sig"))
    )
    parts = {
        row["answer"]: int(row["in_100"]) for row in table if (row["figure"], row["question"]) == ("share", "taken")
    }
    told = re.search(r"at_once / later: about (\d\d)", card)
    assert told
    assert int(told[1]) == parts["at_once"] + parts["later"]
    assert "at_once / later: " in printed(client.get(f"/office/reports/{made.district}/report-en.pdf").data)


def test_choices_with_several_good_answers_are_not_said_to_be_unmarked(app: Flask, sign_in: SignIn) -> None:
    """Where all answers are of one station it is that which is said."""
    made = live(app, [list(callers(300, 1))], OUTCOMES[:3], BOTH)
    text = looks(sign_in(Role.DISTRICT_HEAD, made.district), made.district)
    assert "they are older than its counting, or all of one station" in text
    assert "do not say which answers are good" not in text


@pytest.mark.parametrize("number", [20, 600])
def test_money_and_pressure_are_told_whatever_moves_satisfaction(app: Flask, sign_in: SignIn, number: int) -> None:
    """Also where nothing can be told of them yet."""
    made = live(app, [list(people(number, 4))])
    page = plain(sign_in(Role.DISTRICT_HEAD, made.district).get(f"/office/reports/{made.district}").text)
    top = page.split("Three places to look")[0].split("Money, pressure and being watched")[1]
    for name in ("extra_money", "pressure"):
        told = top.split(f"How was {name}?")[1].split("How was")[0]
        if number == 20:
            assert "Fewer than 30 people answered this, so no figure can be given yet." in told
        else:
            assert re.search(r"No about \d\d in 100.* Yes about \d\d in 100", told)


def test_no_page_of_a_station_head_shows_any_of_it_at_any_address(app: Flask, world: World, sign_in: SignIn) -> None:
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        station = session.get_one(Place, world.own["place"])
        version = add_survey(session, definition(QUESTIONS), slug="visit")
        keep_reading(session, version.id, READING, NOW)
        add_responses(session, station, version, FIRST, list(people(600, 5)))
        beside = add_place(session, parent=session.get_one(Place, world.own["district"]))
        add_responses(session, beside, version, FIRST, list(people(20, 6)))
        session.flush()
        publish_releases(session, NOW)
    make_editions(NOW)
    district = sign_in(Role.DISTRICT_HEAD, world.own["district"])
    asked = "?survey=visit"
    assert SAID.search(district.get(f"/office/reports/{world.own['district']}{asked}").text)
    client = sign_in(Role.STATION_HEAD, world.own["place"])
    above = ({**world.own, "place": world.own[kind]} for kind in ("district", "state"))
    sides = [world.own, *above]
    read: set[str] = set()
    for rule, method in office_rules(app):
        chosen = ("", asked, f"{asked}&period=all") if "/reports" in rule.rule else ("",)
        for side in sides[: 3 if "place_id" in rule.arguments else 1] if method == "GET" else ():
            for more in chosen:
                address = address_of(app, rule, world, side) + more
                answer = client.get(address)
                text = printed(answer.data) if answer.mimetype == "application/pdf" else answer.text
                assert not SAID.search(text), address
                read |= {address} if answer.status_code == 200 else set()
    own = f"/office/reports/{world.own['place']}"
    assert read >= {own + more for more in (asked, f"/report-en.pdf{asked}", f"/report.csv{asked}&period=all")}


def test_no_document_of_a_station_holds_any_of_it(app: Flask) -> None:
    made = live(app, [list(people(600, 6)), list(people(20, 7))])
    with looking() as session:
        kept = {edition.place_id: json.loads(edition.document) for edition in session.scalars(select(Edition))}
    told = {place: document["surveys"][0]["sections"][0] for place, document in kept.items()}
    assert told[made.district]["drivers"]["named"][0]["name"] == "heard"
    assert "drivers" in told[made.state]
    assert not SAID.search(json.dumps(kept[made.stations[0]]))
