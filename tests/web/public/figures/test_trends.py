"""What is followed over time, on the page that everybody reads."""

import json
import re
from contextlib import closing
from datetime import timedelta

import pypdfium2
import pytest
from flask import Flask

from app.domain.codes.channel import Channel
from app.jobs.editions import make_editions
from app.models import Place, SurveyVersion
from app.services.figures.releases import publish_releases
from app.transaction import transaction
from tests.factories import add_responses
from tests.web.public.figures.conftest import MONDAY, WEEK, Department_, Reader, text_of

pytestmark = pytest.mark.usefixtures("department")


def test_every_question_over_time_stands_on_a_page_of_its_own(reader: Reader) -> None:
    assert 'href="/r/s-d1-b-1/trends?lang=en"' in reader.get("/r/s-d1-b-1?lang=en").text
    page = reader.get("/r/s-d1-b-1/trends?lang=en").text
    text, document = text_of(page), json.loads(reader.get("/r/s-d1-b-1/2026-11-30.json").data)
    (trend,) = document["surveys"][0]["sections"][0]["trends"]
    assert len(trend["points"]) == 4
    for point in trend["points"]:
        assert f"about {point['share']['percent']} in 100" in text
    # The newest one stands above its line.
    newest = f"<p><b>about {trend['points'][-1]['share']['percent']} in 100"
    assert page.index(newest) < page.index('<circle class="mark"')
    assert page.count('<circle class="mark"') == 4
    assert "These figures alone should be no ground for a transfer, a reward or a punishment." in text
    assert "too few answers for a line" not in text
    assert "No results yet" in text_of(reader.get("/r/s-d1-b-2/trends?lang=en").text)
    assert reader.get("/r/nowhere/trends").status_code == 404


def test_a_line_of_invited_answers_says_where_it_leaves_its_course(
    app: Flask, reader: Reader, department: Department_
) -> None:
    with transaction() as session:
        quiet, version = session.get_one(Place, department.quiet), session.query(SurveyVersion).one()
        for week, good in enumerate([36] * 7 + [18]):
            given = [{"overall": 5 if n < good else 2} for n in range(60)]
            add_responses(session, quiet, version, WEEK + timedelta(weeks=week), given, channel=Channel.INVITE)
        session.flush()
        publish_releases(session, MONDAY + timedelta(days=6, hours=22))
    make_editions(MONDAY + timedelta(days=6, hours=23, minutes=30))
    app.config["CLOCK"] = lambda: MONDAY + timedelta(days=7)
    page = reader.get("/r/s-d1-b-2/trends?lang=en").text
    assert "the line lay lower than chance explains on 27 September 2026" in text_of(page)
    assert re.search(r"to 27 September 2026 about 30 in 100.{0,40}lower than chance", text_of(page))
    assert (page.count('<circle class="mark"'), text_of(page).count("lower than chance explains")) == (7, 2)
    print_of_it = reader.get("/r/s-d1-b-2/2026-12-07.pdf?lang=en").data
    with closing(pypdfium2.PdfDocument(print_of_it)) as document:
        words = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).split())
    assert "the line lay lower than chance explains on 27 September 2026" in words
    assert "lower than chance explains: 27/9" in words
