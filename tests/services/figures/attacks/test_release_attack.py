"""The attacker: twelve months of small stations in a small district, and everything that was published.

The attacker has every page, print and CSV of every place, of every month, and knows how they are made. All of
them show a Report, so the reports are collected. Three attempts are made on them.

1. Exactly. Suppose no number were rounded and every single release were known, with its set-aside answers and
   their reasons: more than is ever shown. Every published total is then a 0/1 row over the answers. Answers
   with the same column in all rows can never be told apart, whatever is added or subtracted; so if each such
   class has ten, nothing smaller can be isolated.
2. By numbers: every pair and triple of shown totals, subtracted.
3. By shares: counts of an answer, reckoned back from shown shares and bases, subtracted between periods. That
   can tell roughly how many of a block of ten or more gave an answer, as a share of that block would; in this
   year it does not tell the number. The share of several good answers, put together from those of single ones, is
   one of them.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from csv import DictReader
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from math import ceil, floor
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.documents.report_csv import write_report_csv
from app.domain.figures import wording as say
from app.domain.figures.disclosure import OTHER
from app.domain.figures.report import QuestionFigure, ShareKind
from app.domain.figures.united.good_answers import good_cell
from app.domain.weeks import day_of, last_settled_week, month_of
from app.models import Place, Release, ReleaseMember, ReleasePart, Response, SurveyVersion, Verdict
from app.services.figures.release_queries import releases_of
from app.services.figures.releases import publish_releases
from app.services.figures.reports import station_report
from app.services.surveys.readings import keep_reading
from tests.factories import add_place, add_responses, add_survey
from tests.services.figures.attacks.good_answers import GOOD, QUESTIONS, READING, look_at_good_answers

FIRST = date(2025, 6, 2)
WEEKS = 52
SEVEN = timedelta(days=7)
REASONS = ("late", "expired", "repeated")
#: answers a week: most stations have five a month
RATES = (0.8, 1.3, 2.0, 0.4, 5.0)


@dataclass(frozen=True)
class Seen:
    """A section of a report, as the attacker has it, and the releases behind it."""

    place_id: int
    releases: tuple[int, ...]
    responses: int | None
    set_aside: int | None
    questions: tuple[QuestionFigure, ...]


class Year:
    """A state with a small district and a lone station; the district has small stations and an outpost."""

    #: in how many weeks everything is read
    EVERY = 4

    def __init__(self, session: Session, seed: int) -> None:
        self.session = session
        self.chance = Random(seed)  # noqa: S311
        self.version: SurveyVersion = add_survey(session, QUESTIONS, slug="visit")
        keep_reading(session, self.version.id, READING, datetime(2025, 6, 1, tzinfo=UTC))
        state = add_place(session, kind="state")
        district = add_place(session, parent=state, kind="district")
        stations = [add_place(session, parent=district) for _ in RATES]
        outpost = add_place(session, parent=stations[0], kind="outpost")
        lone = add_place(session, parent=add_place(session, parent=state, kind="district"))
        self.rates = {**dict(zip(stations, RATES, strict=True)), outpost: 0.5, lone: 1.0, district: 0.6}
        self.places: list[Place] = [state, district, *stations, outpost, lone]
        self.seen: list[Seen] = []
        self.tables: list[str] = []

    def live(self) -> None:
        for at in range(WEEKS):
            week = FIRST + at * SEVEN
            for place, rate in self.rates.items():
                self._answers(place, rate, week)
            now = datetime(week.year, week.month, week.day, 12, tzinfo=UTC)
            publish_releases(self.session, now)
            if at % self.EVERY == self.EVERY - 1:
                self._read_everything(now)

    def _answers(self, place: Place, rate: float, week: date) -> None:
        for _ in range(self._how_many(rate)):
            late = self.chance.choice((0, 0, 0, 0, 1, 3))
            aside = [self.chance.choice(REASONS)] if self.chance.random() < 0.3 else []
            add_responses(
                self.session, place, self.version, max(FIRST, week - late * SEVEN), [self._answer()], reasons=aside
            )

    def _how_many(self, rate: float) -> int:
        return sum(self.chance.random() < rate / 10 for _ in range(10))

    def _answer(self) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "overall": self.chance.choice((1, 2, 4, 4, 5, 5)),
            "respect": self.chance.randint(1, 5),
        }
        if self.chance.random() < 0.15:
            del answer["overall"]
        answer["purpose"] = self.chance.choice(("complaint", "lost", "passport", "other", None))
        return answer

    def _read_everything(self, now: datetime) -> None:
        """Every page of every place: the latest, all, and the newest months."""
        settled = last_settled_week(now)
        months = {f"{year}-{month:02d}" for year, month in (month_of(settled - at * SEVEN) for at in range(8))}
        periods = ["latest", "all", *sorted(months)]
        for place in self.places:
            releases = self._releases(place)
            for period in periods:
                report = station_report(self.session, place.id, "visit", period, day_of(now))
                if period == "all":
                    self.tables.append(write_report_csv(report, "en").decode("utf-8-sig"))
                for section in report.sections:
                    if section.notice is None:
                        last = next(at for at, each in enumerate(releases) if each[1] == section.digest)
                        used = tuple(id_ for id_, _ in releases[last + 1 - section.releases : last + 1])
                        aside = section.set_aside.count.number if section.set_aside else None
                        self.seen.append(Seen(place.id, used, section.responses.number, aside, section.questions))

    def _releases(self, place: Place) -> list[tuple[int, str]]:
        ids = dict(self.session.execute(select(Release.digest, Release.id).where(Release.place_id == place.id)).all())
        return [(ids[each.digest], each.digest) for each in releases_of(self.session, place.id, [self.version.id])]


class Truth:
    """What the attacker does not know: who is in which release, and what they said."""

    def __init__(self, session: Session) -> None:
        self.verdicts = {
            id_: (v, json.loads(r))
            for id_, v, r in session.execute(select(Verdict.response_id, Verdict.verdict, Verdict.reasons))
        }
        self.answers = {id_: json.loads(text) for id_, text in session.execute(select(Response.id, Response.answers))}
        self.members: dict[int, set[UUID]] = defaultdict(set)
        for id_, release in session.execute(select(ReleaseMember.response_id, ReleaseMember.release_id)):
            self.members[release].add(id_)
        for parent, part in session.execute(select(ReleasePart.parent_release_id, ReleasePart.release_id)):
            self.members[parent] |= self.members[part]
        self.reasons = {
            id_: json.loads(text)["reasons"] for id_, text in session.execute(select(Release.id, Release.set_aside))
        }

    def counted(self, releases: tuple[int, ...]) -> frozenset[UUID]:
        everyone = set().union(*(self.members[release] for release in releases))
        return frozenset(id_ for id_ in everyone if self.verdicts[id_][0] == "counted")

    def set_aside(self, releases: tuple[int, ...]) -> frozenset[UUID]:
        everyone = set().union(*(self.members[release] for release in releases))
        return frozenset(id_ for id_ in everyone if self.verdicts[id_][0] == "set_aside")

    def totals(self) -> list[frozenset[UUID]]:
        """The groups behind all totals of all releases: counted, set aside, and each named reason."""
        groups = []
        for release in self.members:
            aside = self.set_aside((release,))
            groups += [self.counted((release,)), aside]
            for reason in self.reasons[release]:
                if reason != OTHER:
                    groups.append(self._named(release, reason))
        return [group for group in groups if group]

    def _named(self, release: int, reason: str) -> frozenset[UUID]:
        """Who is counted under a reason: in a sum, only those whose own block names it."""
        return frozenset(
            id_
            for block in self._blocks(release)
            if reason in self.reasons[block]
            for id_ in self.set_aside((block,))
            if self.verdicts[id_][1][0] == reason
        )

    def _blocks(self, release: int) -> list[int]:
        inside = [block for block in self.members if self.members[block] <= self.members[release]]
        return [block for block in inside if not any(self.members[other] < self.members[block] for other in inside)]


@pytest.fixture
def year(session: Session) -> Year:
    """What is published is the same on either database, as the tests beside this one show."""
    year = Year(session, 1)
    year.live()
    return year


def test_no_group_of_fewer_than_ten_can_be_isolated(year: Year) -> None:
    truth = Truth(year.session)
    totals = truth.totals()
    assert len(totals) > 60
    assert any(truth.reasons[release] for release in truth.members)
    columns: dict[UUID, set[int]] = defaultdict(set)
    for row, group in enumerate(totals):
        for answer in group:
            columns[answer].add(row)
    classes = Counter(frozenset(column) for column in columns.values())
    assert min(classes.values()) >= 10

    seen = [(each, truth.counted(each.releases), truth.set_aside(each.releases)) for each in year.seen]
    assert len(seen) > 250
    _subtract_numbers([(each.responses, group) for each, group, _ in seen])
    _subtract_numbers([(each.set_aside, group) for each, _, group in seen])
    for each, group, _ in seen:
        _look_at_bases(each, group, truth)
    look_at_good_answers(_answers_behind(seen, truth))
    _subtract_shares(seen, truth)
    _look_at_tables(year.tables)


def _subtract_numbers(shown: list[tuple[int | None, frozenset[UUID]]]) -> None:
    """Totals are what they say, and whatever two or three of them leave over is nobody or ten."""
    for number, group in shown:
        assert number is None if len(group) < 10 else abs((number or 0) - len(group)) <= 2
    groups = sorted({group for _, group in shown if group}, key=len)
    pairs = {small | other for small, other in combinations(groups, 2) if not small & other}
    for whole in groups:
        for part in {group for group in (*groups, *pairs) if group < whole}:
            assert len(whole - part) >= 10


def _look_at_bases(seen: Seen, group: frozenset[UUID], truth: Truth) -> None:
    """A base is the whole, or a floor in tens that leaves open how many did not answer."""
    for question in seen.questions:
        answered = sum(truth.answers[id_].get(question.name) is not None for id_ in group)
        if question.base.words.message == say.ABOUT_PEOPLE:
            assert answered == len(group)
        elif question.base.number is None:
            assert answered < 10
        else:
            assert question.base.number % 10 == 0
            assert question.base.number <= answered < question.base.number + 10
        for cell in question.cells:
            assert (
                cell.share.kind is not ShareKind.ABOUT
                or 10 <= _gave(truth, group, question, cell.name) <= answered - 10
            )


def _answers_behind(
    seen: list[tuple[Seen, frozenset[UUID], frozenset[UUID]]], truth: Truth
) -> Iterator[tuple[QuestionFigure, list[object]]]:
    for each, group, _ in seen:
        for figure in each.questions:
            yield figure, [truth.answers[id_].get(figure.name) for id_ in group]


def _gave(truth: Truth, group: frozenset[UUID], question: QuestionFigure, cell: str) -> int:
    steps = {"good": (4, 5), "middle": (3,), "poor": (1, 2)}.get(cell, (cell,))
    return sum(truth.answers[id_].get(question.name) in steps for id_ in group)


def _subtract_shares(seen: list[tuple[Seen, frozenset[UUID], frozenset[UUID]]], truth: Truth) -> None:
    """Reckoning back how many gave an answer between two periods leaves several numbers possible, in this year.

    No rule keeps two shares from leaving a single one; how often they do is looked for in another attack
    (`tests/domain/figures/editions/test_attack.py`).
    """
    shares: dict[tuple[str, str], dict[frozenset[UUID], tuple[float, float]]] = defaultdict(dict)
    for each, group, _ in seen:
        for question in each.questions:
            together = good_cell(question) if question.good == GOOD else None
            for cell in (*question.cells, *filter(None, (together,))):
                if cell.share.percent is not None and question.base.number is not None:
                    exact = question.base.words.message == say.ABOUT_PEOPLE
                    base = question.base.number
                    lowest, highest = (base - 2, base + 2) if exact else (base, base + 9)
                    step = (1 if base >= 500 else 2 if base >= 200 else 5) * (2 if cell.share.as_sure_as else 1)
                    shares[question.name, cell.name][group] = (
                        lowest * (cell.share.percent - step / 2) / 100,
                        highest * (cell.share.percent + step / 2) / 100,
                    )
    compared = 0
    for by_group in shares.values():
        for small, whole in combinations(sorted(by_group, key=len), 2):
            if small < whole:
                lowest = by_group[whole][0] - by_group[small][1]
                highest = by_group[whole][1] - by_group[small][0]
                compared += 1
                assert floor(highest) - ceil(max(0.0, lowest)) >= 2
    assert compared > 20


def _look_at_tables(tables: list[str]) -> None:
    """A table holds the same figures and none besides: no number of people in it is finer than five or below ten.

    The points of a line are no people, and how many would turn a figure is reckoned from what is told.
    """
    lines = [line for table in tables for line in DictReader(table.splitlines())]
    numbers = [
        int(line["number"]) for line in lines if line["number"] and line["figure"] not in ("audit", "middle", "turning")
    ]
    assert len(numbers) > 100
    assert all(number >= 10 and number % 5 == 0 for number in numbers)
