"""The pages of rounds for everybody: dates first and no number, then everything; and where links of one lead."""

import csv
import hashlib
import io
import json
import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.jobs.publishing import publish_rounds
from app.models import Place, Tally
from app.services.surveys.rounds import cancel_round
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories.installation.quiet_periods import ORDER, add_quiet
from tests.factories.surveys.rounds import (
    CLOSED_AT,
    OPEN_AT,
    PLANNED_AT,
    QUIZ,
    RESULTS_AT,
    Ballot,
    add_ballot,
    answer,
    set_clock,
)

PAGE = "/r/rounds/1?lang=en"
MOMENTS = (PLANNED_AT, OPEN_AT, CLOSED_AT)


@pytest.fixture
def ballot(app: Flask) -> Ballot:
    with transaction() as session:
        return add_ballot(session)


def link(ballot: Ballot) -> str:
    return f"/s/{context().tokens.sign(Token(Channel.HANDLE, 0, ballot.link_id)).lower()}"


def answer_some(ballot: Ballot) -> None:
    yes, no = {"first": "patrol", "second": "yes"}, {"first": "traffic", "second": "no"}
    answer(ballot, *[yes] * 30, *[no] * 20, *[{"first": "fraud"}] * 10)


def told(client: FlaskClient, address: str = PAGE) -> str:
    return re.sub(r"\s+", " ", client.get(address).text)


def test_without_any_the_list_says_so(client: FlaskClient) -> None:
    assert "There has been none yet." in told(client, "/r/rounds?lang=en")
    assert client.get(PAGE).status_code == 404


def test_what_is_planned_is_no_page_yet(app: Flask, client: FlaskClient) -> None:
    with transaction() as session:
        ballot = add_ballot(session, announced=False)
    set_clock(app, PLANNED_AT)
    assert client.get(PAGE).status_code == 404
    assert client.get(link(ballot)).status_code == 409
    assert "There has been none yet." in told(client, "/r/rounds?lang=en")


def test_before_its_results_there_are_dates_and_questions_and_no_number(
    app: Flask, client: FlaskClient, ballot: Ballot
) -> None:
    answer_some(ballot)
    said = {}
    for now in MOMENTS:
        set_clock(app, now)
        said[now] = told(client)
        assert "Results on 29 June 2026, 11:00" in said[now]
        assert "9 June 2026 to 21 June 2026" in said[now]
        assert "How was first?" in said[now]
        assert not re.search(r"\b[0-9]+ (answers|people)\b|in 100", said[now])
        assert client.get("/r/rounds/1.csv").status_code == 409
    assert "Not open yet. From 9 June 2026 on" in said[PLANNED_AT]
    assert "Open until the end of 21 June 2026" in said[OPEN_AT]
    assert "Closed. Answers that were given in time" in said[CLOSED_AT]
    # Whoever fetched its card before it opened shows it for a week.
    cards = {tuple(re.findall(r'<meta (?:property="og|name="d)[^>]+>', page)) for page in said.values()}
    assert len(cards) == 1
    assert "Open until 21 June 2026" in told_at(app, client, OPEN_AT, "/r/rounds?lang=en")


def told_at(app: Flask, client: FlaskClient, now: datetime, address: str) -> str:
    set_clock(app, now)
    return told(client, address)


def test_links_lead_to_its_page_but_while_it_is_open(app: Flask, client: FlaskClient, ballot: Ballot) -> None:
    set_clock(app, PLANNED_AT)
    led = client.get(f"{link(ballot)}?lang=en")
    assert (led.status_code, led.location) == (303, PAGE)
    # Who began in time goes on at the code; others are told, and led on.
    set_clock(app, CLOSED_AT)
    over = client.get(f"{link(ballot)}?lang=en")
    assert over.status_code == 410
    assert f'href="{PAGE}"' in over.text
    set_clock(app, OPEN_AT)
    page = told(client, f"{link(ballot)}?lang=en")
    assert "How was first?" in page
    assert "Until 21 June. Results on 29 June 2026." in page
    answer_some(ballot)
    publish_rounds(RESULTS_AT)
    assert client.get(f"{link(ballot)}?lang=en").location == PAGE


def test_results_are_told_in_the_order_of_the_questionnaire_and_as_files(
    app: Flask, client: FlaskClient, ballot: Ballot
) -> None:
    answer_some(ballot)
    before = client.get("/r/rounds/1.json").data
    publish_rounds(RESULTS_AT)
    set_clock(app, RESULTS_AT)
    page = told(client)
    assert page.index("patrol") < page.index("traffic") < page.index("fraud")
    assert "in 100" in page
    document = client.get("/r/rounds/1.json")
    assert document.headers["Access-Control-Allow-Origin"] == "*"
    digest = hashlib.sha256(document.data).hexdigest()
    assert digest in page
    assert before.decode() in document.text
    table = list(csv.DictReader(io.StringIO(client.get("/r/rounds/1.csv?lang=en").data.decode("utf-8-sig"))))
    assert {"patrol", "traffic", "fraud"} <= {line["answer"] for line in table}
    assert digest in {line["words"] for line in table}
    assert "Results of 29 June 2026" in told(client, "/r/rounds?lang=en")


def test_fewer_than_ten_is_the_result(app: Flask, client: FlaskClient, ballot: Ballot) -> None:
    answer(ballot, *[{"first": "patrol", "second": "yes"}] * 9)
    publish_rounds(RESULTS_AT)
    set_clock(app, RESULTS_AT)
    assert "Fewer than ten people answered. That is the result." in told(client)


def test_one_that_was_cancelled_stays_to_be_seen_with_its_reason(
    app: Flask, client: FlaskClient, ballot: Ballot
) -> None:
    with transaction() as session:
        why = {"hi": "सवाल में भूल", "en": "A mistake in the question"}
        cancel_round(session, ballot.round_id, why, actor_id=ballot.approver, now=OPEN_AT)
    set_clock(app, OPEN_AT)
    assert "A mistake in the question" in told(client)
    assert "Called off on 10 June 2026" in told(client)
    assert client.get(f"{link(ballot)}?lang=en").location == PAGE


def test_a_quiz_with_dates_tells_its_key_on_its_day_and_thanks_until_then(app: Flask, client: FlaskClient) -> None:
    with transaction() as session:
        quiz = add_ballot(session, QUIZ, slug="quiz")
    set_clock(app, OPEN_AT)
    sent = client.post(
        link(quiz), data={"_page": "page1", "_lang": "en", "_do": "send", "first": "fraud"}, follow_redirects=False
    )
    assert sent.status_code == 303
    assert "marks=" not in sent.location
    thanks = told(client, sent.location)
    assert "Results on 29 June 2026, 11:00" in thanks
    assert "The right answers come with them." in thanks
    assert "Because." not in thanks + told(client)
    publish_rounds(RESULTS_AT)
    set_clock(app, RESULTS_AT)
    assert "<b>traffic</b>" in told(client)
    assert "Because." in told(client)


def test_two_quizzes_that_differ_in_their_key_alone_say_the_same_before_marks(app: Flask, client: FlaskClient) -> None:
    other = QUIZ.from_json(QUIZ.canonical_json.replace('"key":"traffic"', '"key":"fraud"'))
    other = other.from_json(other.canonical_json.replace("Because.", "For a reason."))
    with transaction() as session:
        quizzes = [add_ballot(session, asked, slug=slug) for slug, asked in (("quiz-a", QUIZ), ("quiz-b", other))]
    texts = []
    for quiz in quizzes:
        said = []
        for now in (*MOMENTS, RESULTS_AT - timedelta(seconds=1)):
            set_clock(app, now)
            for address in (
                f"/r/rounds/{quiz.number}?lang=en",
                f"/r/rounds/{quiz.number}.json",
                link(quiz),
                f"{link(quiz)}?lang=en",
                f"/api/v1/surveys/{quiz.version_id}",
            ):
                said.append(client.get(address).text)
        texts.append(masked("\n".join(said), quiz))
    assert texts[0] == texts[1]


def masked(text: str, quiz: Ballot) -> str:
    """Without what names the one or the other: its number, its codes, and what is made of them."""
    for name in (f"rounds/{quiz.number}", f'"round":{quiz.number},', f'value="{quiz.version_id}"'):
        text = text.replace(name, "*")
    text = re.sub(r"quiz-[ab](-[0-9])?|[0-9a-f]{64}|[A-Za-z0-9+/_-]{20,}|[0-9]{4} [0-9]{4}", "*", text)
    return re.sub(r"surveys/[0-9]+|version=.[0-9]+|card/[0-9]+/[0-9]+|(Station|State|थाना|राज्य) [0-9]+", "*", text)


def test_results_that_a_quiet_period_holds_are_announced_and_shown_at_its_end(
    app: Flask, client: FlaskClient, ballot: Ballot
) -> None:
    answer_some(ballot)
    until = RESULTS_AT + timedelta(days=2)
    with transaction() as session:
        state = session.get_one(Place, ballot.state_id)
        add_quiet(session, (ballot.planner, ballot.approver), [state], CLOSED_AT, until)
    set_clock(app, RESULTS_AT)
    assert publish_rounds(RESULTS_AT) == 1
    for moment in (RESULTS_AT, until - timedelta(minutes=1)):
        set_clock(app, moment)
        page = told(client)
        assert "The results wait for the end of an election" in page
        assert f"order {ORDER} has a quiet period" in page
        assert " in 100" not in page
        assert json.loads(client.get("/r/rounds/1.json").text).keys().isdisjoint({"sections", "keys"})
        assert client.get("/r/rounds/1.csv").status_code == 409
    # What the page says of headquarters is so.
    assert "Headquarters can count them already." in page
    with reading() as session:
        counted = select(func.sum(Tally.responses)).where(Tally.place_id == ballot.state_id)
        assert session.scalar(counted) == 60
    set_clock(app, until)
    assert " in 100" in told(client)
    document = client.get("/r/rounds/1.json").data
    assert hashlib.sha256(document).hexdigest() in told(client)
