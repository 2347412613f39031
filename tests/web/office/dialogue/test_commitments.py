"""Promises in the office, from the results page to what became of them."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.dialogue.commitment import State
from app.services.dialogue.commitment_queries import find_commitment
from app.transaction import reading
from tests.factories.dialogue.commitments import DAY, MONDAY, SAID, PromisingDepartment
from tests.fixtures.accounts import open_session
from tests.web.public.figures.conftest import text_of

TYPED = {
    "will_hi": "दोपहर में दो काउंटर खुलेंगे।",
    "will_en": "Two counters will be open at noon.",
    "office_hi": "थाना प्रभारी",
    "office_en": "Station head",
    "due_on": "2026-12-30",
}


@pytest.fixture
def department(app: Flask) -> PromisingDepartment:
    app.config["CLOCK"] = lambda: MONDAY
    return PromisingDepartment.begin()


def browser(app: Flask, department: PromisingDepartment, who: str) -> FlaskClient:
    return open_session(app.test_client(), department.heads[who])


def state_of(commitment_id: int) -> State:
    with reading() as session:
        return find_commitment(session, commitment_id).state


def write_address(department: PromisingDepartment, place: str = "busy") -> str:
    return f"/office/promises/write/{department.ids[place]}?survey=visit&evidence=open&question=overall&answer=good"


def test_from_the_results_page_to_a_promise_that_everybody_reads(app: Flask, department: PromisingDepartment) -> None:
    head, above = browser(app, department, "busy"), browser(app, department, "district")
    results = head.get(f"/office/reports/{department.ids['busy']}").text
    assert "Promise something about this" in results
    way = re.search(r'href="(/office/promises/new/\d+\?question=overall)"', results)
    assert way is not None
    choice = head.get(way[1]).text
    assert "How was overall?" in choice
    assert "How was purpose?" not in choice
    ways = re.findall(r'href="(/office/promises/write/[^"]+)"', choice)
    form = text_of(head.get(ways[0].replace("&amp;", "&")).text)
    # The quote as it will stand, in both languages.
    assert "good (the two best answers): about 65 in 100" in form
    assert "overall कैसा रहा?" in form
    assert "100 में लगभग 65" in form
    sent = head.post(write_address(department), data={**TYPED, "then": "send"})
    assert sent.status_code == 303
    assert "Somebody else has to approve what you wrote." in head.get(sent.location).text
    assert "Waits for you to approve" in above.get("/office/").text
    shown = above.get(sent.location).text
    assert "about 65 in 100" in shown
    assert "दोपहर में दो काउंटर खुलेंगे।" in shown
    # Only what was read is approved.
    above.post(f"{sent.location}/approve")
    assert "was changed after you had read it" in above.get(sent.location).text
    (read,) = re.findall(r'name="read" value="(\w+)"', shown)
    above.post(f"{sent.location}/approve", data={"read": read})
    assert "As everybody reads it" in head.get(sent.location).text
    assert "Two counters" in app.test_client().get("/r/s-d1-b-1/promises/1?lang=en").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"will_en": ""}, "Please write this in every language."),
        ({"will_en": "70 % satisfied"}, "Please promise something that is done, not a share"),
        ({"will_hi": "य" * 281}, "Please write at most 280 characters; these are 281."),
        ({"due_on": "2026-12-01"}, "Please choose a day from 2026-12-07 to 2027-05-29."),
        ({"due_on": "tomorrow"}, "Not a valid date value."),
    ],
)
def test_a_refused_form_comes_back_filled_in(
    app: Flask, department: PromisingDepartment, typed: dict[str, str], said: str
) -> None:
    answer = browser(app, department, "busy").post(write_address(department), data={**TYPED, **typed, "then": "send"})
    assert answer.status_code == 422
    assert said in text_of(answer.text)
    assert "थाना प्रभारी" in answer.text
    assert next(iter(typed.values())) in answer.text


def test_a_fourth_is_refused_by_the_names_of_the_three(app: Flask, department: PromisingDepartment) -> None:
    for _ in range(3):
        department.open()
    head = browser(app, department, "busy")
    answer = head.post(write_address(department), data={**TYPED, "then": "keep"})
    assert answer.status_code == 409
    assert answer.text.count("“Two counters will be open at noon.”") == 3
    choice = head.get(f"/office/promises/new/{department.ids['busy']}").text
    assert "Three promises of this place are not finished yet" in choice


def test_a_draft_is_kept_changed_sent_and_thrown_away(app: Flask, department: PromisingDepartment) -> None:
    head = browser(app, department, "busy")
    kept = head.post(write_address(department), data={**TYPED, "then": "keep"}).location
    form = head.get(f"{kept}/edit").text
    assert "Two counters will be open at noon." in form
    assert 'value="2026-12-30"' in form
    changed = {**TYPED, "will_en": "Three counters.", "will_hi": "तीन काउंटर।", "then": "keep"}
    assert head.post(f"{kept}/edit", data=changed).status_code == 303
    assert "Three counters." in head.get(kept).text
    assert head.post(f"{kept}/edit", data={**changed, "will_hi": ""}).status_code == 422
    head.post(f"{kept}/send")
    assert "Waits to be approved" in head.get(kept).text
    head.post(f"{kept}/give-back")
    head.post(f"{kept}/discard")
    assert head.get(kept).status_code == 404


def test_giving_back_needs_a_reason_that_the_author_reads(app: Flask, department: PromisingDepartment) -> None:
    made = department.propose()
    above, head = browser(app, department, "district"), browser(app, department, "busy")
    refused = above.post(f"/office/promises/{made}/give-back", data={"reason": ""})
    assert refused.status_code == 422
    assert "Please give a reason." in refused.text
    above.post(f"/office/promises/{made}/give-back", data={"reason": "Say which counters."})
    assert state_of(made) is State.DRAFT
    assert "Say which counters." in head.get(f"/office/promises/{made}").text


@pytest.mark.parametrize(
    ("step", "state"), [("done", State.DONE), ("not_done", State.NOT_DONE), ("withdrawn", State.WITHDRAWN)]
)
def test_what_became_of_it_is_said_with_a_sentence(
    app: Flask, department: PromisingDepartment, step: str, state: State
) -> None:
    made = department.open()
    head = browser(app, department, "busy")
    address = f"/office/promises/{made}/end"
    assert "Two counters" in head.get(address).text
    without = head.post(address, data={"step": step, "texts_hi": "हो गया।", "texts_en": ""})
    assert without.status_code == 422
    assert "हो गया।" in without.text
    assert head.post(address, data={"texts_hi": "x", "texts_en": "x"}).status_code == 422
    said = {f"texts_{language}": text for language, text in SAID.items()}
    assert head.post(address, data={"step": step, **said}).status_code == 303
    assert state_of(made) is state
    again = head.post(address, data={"step": "done", **said})
    assert again.status_code == 409
    assert "This promise has changed meanwhile" in again.text


def test_a_day_is_moved_with_a_reason(app: Flask, department: PromisingDepartment) -> None:
    made = department.open()
    head = browser(app, department, "busy")
    said = {f"texts_{language}": text for language, text in SAID.items()}
    address = f"/office/promises/{made}/move"
    assert head.post(address, data={"due_on": "2026-12-10", **said}).status_code == 422
    assert head.post(address, data={"due_on": "2027-02-10", **said}).status_code == 303
    shown = text_of(head.get(f"/office/promises/{made}").text)
    assert "10 February 2027; first promised for 30 December 2026" in shown


def test_the_first_page_of_a_head_names_what_is_late(app: Flask, department: PromisingDepartment) -> None:
    made = department.open(days=7)
    app.config["CLOCK"] = lambda: MONDAY + 10 * DAY
    for who in ("busy", "district", "admin"):
        first = browser(app, department, who).get("/office/").text
        assert "3 days late" in text_of(first)
        assert f'href="/office/promises/{made}"' in first
    assert "days late" not in browser(app, department, "quiet").get("/office/").text
    listed = text_of(browser(app, department, "busy").get("/office/promises").text)
    assert "3 days late" in listed


def test_a_station_with_too_few_answers_is_offered_its_districts_figures(
    app: Flask, department: PromisingDepartment
) -> None:
    head = browser(app, department, "quiet")
    choice = text_of(head.get(f"/office/promises/new/{department.ids['quiet']}").text)
    assert "You can quote one of the district: District One." in choice
    assert "about 62 in 100" in choice
    assert head.post(write_address(department, "quiet"), data={**TYPED, "then": "send"}).status_code == 303
    assert head.get(f"/office/promises/new/{department.ids['busy']}").status_code == 403
    assert head.get(write_address(department)).status_code == 403


def test_a_figure_that_nobody_told_is_not_quoted_by_its_address(app: Flask, department: PromisingDepartment) -> None:
    head = browser(app, department, "busy")
    for address in (
        f"/office/promises/write/{department.ids['busy']}",
        write_address(department).replace("answer=good", "answer=excellent"),
        write_address(department).replace("evidence=open", "evidence=invited"),
    ):
        for answer in (head.get(address), head.post(address, data=TYPED)):
            assert answer.status_code == 409
            assert "This figure is not in the newest results." in answer.text
