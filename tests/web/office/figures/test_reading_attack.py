"""The attacker of tests/services/figures/attacks/test_release_attack.py once more, with only what a browser shows.

Each role below headquarters signs in and follows every link it is given. What it finds (pages, tables, the text
of the prints) is read with regular expressions, as a curious officer would with a pencil, and the figures are
subtracted from each other. The world is the same small one, for a year; to keep this quick, pages and tables are
read twice in it, and prints at its end only. Prints in Hindi are left out: they hold the same figures.
"""

import re
from collections.abc import Iterator
from csv import DictReader
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from itertools import compress

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission, Role
from app.domain.figures import wording as say
from app.domain.figures.editions.times import is_of_past_quarters
from app.domain.figures.report import CellFigure, Label, QuestionFigure, Share, ShareKind, ShownCount
from app.domain.sentence import Sentence
from app.domain.weeks import Weeks, day_of
from app.extensions import db
from app.models import Place, Release
from app.services.figures.release_queries import releases_of
from app.transaction import transaction
from tests.fixtures.accounts import SignIn
from tests.services.figures.attacks.test_release_attack import (
    FIRST,
    Seen,
    Truth,
    Year,
    _look_at_bases,
    _look_at_tables,
    _subtract_numbers,
    _subtract_shares,
)

#: of the thirteen times at which the year can be read
READ_AT = (6, 13)
CHOSEN = ("latest", "all")
MONTHS = 3

DAYS = re.compile(r"(\d+ \w+ \d{4}) to (\d+ \w+ \d{4})")
COUNTED = re.compile(r"(?:about (\d+)|fewer than 10) answers(?! were)")
BLOCKS = re.compile(r"published blocks: (\d+)")
ASIDE = re.compile(r"(?:about (\d+)|fewer than 10) answers were set aside")
#: what stands beside a folded question
FOLDED = r"(?: [a-z ()]+ (?:\d+ \(\d+–\d+\)|(?:fewer|more) than \d+ in 100|too few to show by itself))?"
QUESTION = re.compile(
    rf"How was (\w+)\?{FOLDED} (about|at least) (\d+) people answered this(.*?)(?=How was|Over time|Set aside|$)"
)
CELLS = {
    "good": r"good \(the two best answers\)",
    "middle": "in between",
    "poor": r"poor \(the two worst answers\)",
    "complaint": "complaint",
    "passport": "passport",
    "other": "other",
}
#: what a figure looks like in any sentence of ours
SAID = re.compile(r"about \d+ (?:answers|in 100[^:]*)|(?:fewer|more) than \d+ [^:·.]*", re.I)
FIGURE = re.compile(r"\d+ answers|\d+ people answered|in 100")


class ReadYear(Year):
    """The year, read through the web by everyone who has an account below headquarters."""

    def __init__(self, session: Session, app: Flask, sign_in: SignIn) -> None:
        super().__init__(session, seed=3)
        self.app = app
        self.sign_in = sign_in
        self.looks = 0
        self.today = FIRST

    def _read_everything(self, now: datetime) -> None:
        self.looks += 1
        if self.looks not in READ_AT:
            return
        self.session.commit()
        self.app.config["CLOCK"] = lambda: now
        self.today = day_of(now)
        state, district, *lower = self.places
        for place in self.places:
            self._read_as(Role.AUDITOR, state, place, now)
        for place in (district, *lower[:-1]):
            self._read_as(Role.DISTRICT_HEAD, district, place, now, months=0)
        for place in lower:
            self._read_as(Role.STATION_HEAD, place, place, now, months=0)
        if self.looks == READ_AT[-1]:
            self._read_prints(state)
            self._walk_where_no_figures_are()
        self.session.commit()

    def _read_as(self, role: Role, own: Place, place: Place, now: datetime, months: int = MONTHS) -> None:
        client = self._client(role, own)
        page = client.get(f"/office/reports/{place.id}")
        assert page.status_code == 200
        offered = re.findall(r'<option value="(\d{4}-\d\d)"', page.text)[:months]
        for period in (*CHOSEN, *offered):
            address = f"/office/reports/{place.id}?period={period}"
            self._note(place, plain(client.get(address).text), address)
        table = client.get(f"/office/reports/{place.id}/report.csv?period=all")
        if table.mimetype == "text/csv":
            self.tables.append(table.get_data().decode("utf-8-sig"))
            self._note(place, as_page(self.tables[-1]), f"table of {place.id}, all")

    def _read_prints(self, state: Place) -> None:
        client = self._client(Role.AUDITOR, state)
        for at, place in enumerate(self.places):
            # Page and print of a time are one report, so that each place's print is of one of them.
            period = CHOSEN[at % len(CHOSEN)]
            answer = client.get(f"/office/reports/{place.id}/report-en.pdf?period={period}")
            if answer.mimetype == "application/pdf":
                self._note(place, printed(answer.data), f"print of {place.id}, {period}")

    def _walk_where_no_figures_are(self) -> None:
        """Every link, from the first page on, of those who read no results; and the lists of those who do."""
        for role in (Role.PRINTING_OFFICER, Role.OUTREACH, Role.DISTRICT_HEAD, Role.AUDITOR):
            client = self._client(role, self.places[0])
            for address, text in walk(client, skip=r"/reports/\d+|\.(pdf|csv|xlsx)"):
                if address == "/office/" and role.may(Permission.READ_RELEASES):
                    report = plain(client.get(f"/office/reports/{self.places[0].id}").text)
                    assert all(figure in report for figure in SAID.findall(text))
                else:
                    assert not FIGURE.search(text), (role, address)
            for address in ("/office/tallies", f"/office/tallies/{self.places[1].id}/set-aside"):
                assert client.get(address).status_code == 403

    def _client(self, role: Role, own: Place) -> FlaskClient:
        place_id = own.id
        self.session.commit()
        return self.sign_in(role, place_id)

    def _note(self, place: Place, text: str, where: str) -> None:
        """What this text tells, under the releases it must be about. A text without figures must have none."""
        if not COUNTED.search(text):
            assert not FIGURE.search(before_method(text)), where
            return
        found = read_text(before_method(text))
        releases = self._behind(place, text, where)
        self.seen.append(replace(found, place_id=place.id, releases=releases))

    def _behind(self, place: Place, text: str, where: str) -> tuple[int, ...]:
        """Of a month or of everything the releases that end in it; else the run with these days and so many blocks."""
        held = releases_of(self.session, place.id, [self.version.id])
        ids = [self._id_of(each.digest) for each in held]
        if where.endswith("all"):
            return tuple(compress(ids, (is_of_past_quarters(each.weeks.last, self.today) for each in held)))
        if month := re.search(r"\d{4}-\d\d$", where):
            weeks = Weeks.parse_month(month[0])
            return tuple(compress(ids, (each.weeks.last in weeks for each in held)))
        blocks = BLOCKS.search(text)
        if blocks is None:
            return ()
        number = int(blocks[1])
        first, last = (read_day(day) for day in DAYS.search(text).groups())  # type: ignore[union-attr]
        for at in range(len(held) - number + 1):
            run = held[at : at + number]
            days = min(each.weeks.first for each in run), max(each.weeks.last for each in run)
            if (days[0], days[1].toordinal() + 6) == (first, last.toordinal()):
                return tuple(ids[at : at + number])
        raise AssertionError(f"no releases of {place.code} fit: {text[:200]}")

    def _id_of(self, digest: str) -> int:
        return self.session.query(Release.id).filter_by(digest=digest).scalar()  # type: ignore[no-any-return]


@pytest.fixture
def committing(app: Flask) -> Iterator[Session]:
    """A session that may commit in between, so that pages see what it wrote."""
    with transaction() as prepared:
        info = prepared.info
    with Session(db.engine, expire_on_commit=False, info=info) as session:
        yield session


def test_nobody_below_headquarters_can_isolate_fewer_than_ten(committing: Session, app: Flask, sign_in: SignIn) -> None:
    session = committing
    year = ReadYear(session, app, sign_in)
    year.live()
    truth = Truth(session)
    seen = [(each, truth.counted(each.releases), truth.set_aside(each.releases)) for each in year.seen]
    assert len(seen) > 150
    assert sum(len(each.questions) for each in year.seen) > 150
    _subtract_numbers([(each.responses, group) for each, group, _ in seen])
    _subtract_numbers([(each.set_aside, group) for each, _, group in seen])
    for each, group, _ in seen:
        _look_at_bases(each, group, truth)
    _subtract_shares(seen, truth)
    _look_at_tables(year.tables)


@pytest.mark.parametrize(
    ("text", "percent", "base"),
    [("How was overall? about 35 people answered this in between about 40 in 100, uncertain", 40, 35)],
)
def test_the_reader_reads(text: str, percent: int, base: int) -> None:
    """A reader that reads nothing would find every page safe."""
    seen = read_text("about 40 answers published blocks: 2 " + text + " Set aside fewer than 10 answers were set aside")
    assert (seen.responses, seen.set_aside, seen.questions[0].base.number) == (40, None, base)
    assert [(cell.name, cell.share.percent) for cell in seen.questions[0].cells] == [("middle", percent)]


def plain(page: str) -> str:
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert main
    # All five answers of a scale stand folded by themselves; whole questions are folded too, and are read.
    without_controls = re.sub(r"<(svg|select)\b.*?</\1>|<details>.*?</details>", " ", main[0], flags=re.DOTALL)
    return tidy(unescape(re.sub(r"<[^>]+>", " ", without_controls)))


def printed(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return tidy(" ".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\ufffe", ""))


def as_page(table: str) -> str:
    """A table's lines in the order of a page, so that one reader reads both."""
    words = []
    for line in DictReader(table.splitlines()):
        if line["figure"] == "answered":
            words.append(line["question_words"])
        if line["figure"] in ("responses", "answered", "share", "set_aside"):
            words.append(f"{line['answer_words']} {line['words']}")
    return tidy(" ".join(words))


def before_method(text: str) -> str:
    return text.split("How this was counted")[0]


def read_day(text: str) -> date:
    return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007


def read_text(text: str) -> Seen:
    """The figures in a text, as if they had come from a report; releases and place are the caller's to add."""
    counted = COUNTED.search(text)
    aside = ASIDE.search(text)
    assert counted
    return Seen(
        0,
        (),
        int(counted[1]) if counted[1] else None,
        int(aside[1]) if aside and aside[1] else None,
        tuple(read_questions(text)),
    )


def read_questions(text: str) -> Iterator[QuestionFigure]:
    for name, how, number, rest in QUESTION.findall(text):
        message = say.ABOUT_PEOPLE if how == "about" else say.AT_LEAST_PEOPLE
        cells = []
        for cell, label in CELLS.items():
            if told := re.search(rf"(?<!\w){label} about (\d+) in 100", rest):
                share = Share(ShareKind.ABOUT, Sentence(say.ABOUT), percent=int(told[1]))
                cells.append(CellFigure(cell, Label(), share))
        yield QuestionFigure(name, "", Label(), ShownCount(Sentence(message), int(number)), cells=tuple(cells))


def walk(client: FlaskClient, skip: str, most: int = 60) -> Iterator[tuple[str, str]]:
    """Every page of the office that links lead to, each once."""
    waiting, known = ["/office/"], {"/office/"}
    while waiting and len(known) <= most:
        address = waiting.pop(0)
        answer = client.get(address, follow_redirects=True)
        if answer.mimetype != "text/html" or "<main" not in answer.text:
            continue
        yield address, plain(answer.text)
        for link in re.findall(r'href="(/office/[^"#]*)"', answer.text):
            if link not in known and not re.search(skip, link):
                known.add(link)
                waiting.append(unescape(link))
