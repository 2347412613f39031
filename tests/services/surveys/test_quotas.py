"""Quotas on both databases: set, replaced, refused, and counted from interviews that count."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.problem import Problem
from app.models import AuditEntry, Place, SurveyVersion
from app.services.surveys.quotas import QuotaReport, describe_cell, read_quotas, report_quotas, set_quotas
from app.services.surveys.surveys import close_survey, get_survey
from tests.factories import add_place, add_responses, add_survey, definition, question
from tests.factories.surveys import add_version

NOW = datetime(2026, 6, 10, tzinfo=UTC)
WEEK = date(2026, 6, 8)
PEOPLE = definition(
    [
        question("sex", "select_one", "woman", "man"),
        question("age", "select_one", "young", "old"),
        question("respect", "scale"),
    ]
)
WANTED = {("woman", "old"): 2, ("woman", "young"): 3, ("man", "young"): 1}


class World:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.version: SurveyVersion = add_survey(session, PEOPLE, slug="people")
        self.state: Place = add_place(session, kind="state")
        self.village: Place = add_place(session, parent=self.state)

    def set(self, questions: tuple[str, ...] = ("sex", "age"), targets: dict[tuple[str, ...], int] = WANTED) -> None:
        set_quotas(self.session, "people", questions, targets, actor_id=None, now=NOW)

    def report(self) -> QuotaReport | None:
        return report_quotas(self.session, get_survey(self.session, "people"))

    def counts(self) -> list[tuple[tuple[str, ...], int, int]]:
        report = self.report()
        assert report is not None
        return [(count.cell, count.target, count.counted) for count in report.counts]


@pytest.fixture
def world(any_session: Session) -> World:
    return World(any_session)


def test_nothing_is_wanted_until_it_is_set(world: World) -> None:
    assert world.report() is None
    world.set()
    assert world.counts() == [
        (("woman", "young"), 3, 0),
        (("woman", "old"), 2, 0),
        (("man", "young"), 1, 0),
    ]


def test_only_interviews_that_count_bring_it_further(world: World) -> None:
    world.set()
    asked = {"sex": "woman", "age": "young"}
    add_responses(world.session, world.village, world.version, WEEK, [asked] * 2, channel=Channel.INTERVIEW)
    elsewhere = add_place(world.session, parent=world.state)
    add_responses(world.session, elsewhere, world.version, WEEK, [asked], channel=Channel.INTERVIEW)
    add_responses(world.session, world.village, world.version, WEEK, [asked] * 7)
    add_responses(world.session, world.village, world.version, WEEK, [asked], channel=Channel.KIOSK)
    late = {"channel": Channel.INTERVIEW, "reasons": ["late"]}
    add_responses(world.session, world.village, world.version, WEEK, [asked], **late)
    rest = [{"sex": "man", "age": "old"}, {"sex": None}, {}]
    add_responses(world.session, world.village, world.version, WEEK, rest, channel=Channel.INTERVIEW)
    report = world.report()
    assert report is not None
    assert world.counts()[0] == (("woman", "young"), 3, 3)
    assert (report.target, report.counted, report.beside) == (6, 3, 3)


def test_what_goes_beyond_one_target_fills_no_other(world: World) -> None:
    world.set()
    answers = [{"sex": "man", "age": "young"}] * 5
    add_responses(world.session, world.village, world.version, WEEK, answers, channel=Channel.INTERVIEW)
    report = world.report()
    assert report is not None
    assert (report.counted, report.counts[2].counted, report.counts[2].missing) == (1, 5, 0)


def test_quotas_outlive_a_new_wording_of_the_same_questions(world: World) -> None:
    world.set()
    asked = [{"sex": "woman", "age": "young"}]
    add_responses(world.session, world.village, world.version, WEEK, asked, channel=Channel.INTERVIEW)
    world.version.state = "closed"
    newer = add_version(world.session, world.version, definition([question("sex", "select_one", "woman", "man")]))
    add_responses(world.session, world.village, newer, WEEK, asked, channel=Channel.INTERVIEW)
    report = world.report()
    assert report is not None
    assert report.missing == ("age",)
    assert report.counts[0].counted == 2
    assert describe_cell(report.counts[0].words, "en") == "woman · young"


def test_setting_anew_replaces_all_and_is_told_to_the_audit(world: World) -> None:
    world.set()
    world.set(("age",), {("old",): 4})
    assert world.counts() == [(("old",), 4, 0)]
    world.set(("age",), {("old",): 0})
    assert world.report() is None
    entries = world.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)).all()
    assert [entry.action for entry in entries] == ["quotas.set"] * 3
    assert '"wanted":6' in entries[0].details


@pytest.mark.parametrize(
    ("questions", "targets", "code"),
    [
        (("caste",), {}, "quota.question_unknown"),
        (("respect",), {}, "quota.not_one_choice"),
        ((), {}, "quota.no_question"),
        (("sex",), {("woman",): -1}, "quota.target_out_of_range"),
        (("sex",), {("woman",): 2**40}, "quota.target_out_of_range"),
        (("sex",), {("child",): 1}, "quota.cell_unknown"),
    ],
)
def test_what_is_refused_leaves_the_quotas_as_they_were(
    world: World, questions: tuple[str, ...], targets: dict[tuple[str, ...], int], code: str
) -> None:
    world.set()
    with pytest.raises(Problem) as caught:
        world.set(questions, targets)
    assert caught.value.code == code
    quotas = read_quotas(world.session, world.version.survey_id)
    assert quotas is not None
    assert quotas.targets == WANTED


def test_a_closed_survey_takes_no_quotas_and_an_unknown_one_has_none(world: World) -> None:
    world.set()
    close_survey(world.session, "people", actor_id=None, now=NOW)
    with pytest.raises(Problem) as caught:
        world.set()
    assert caught.value.code == "survey.not_open"
    assert len(world.counts()) == 3
    with pytest.raises(Problem) as caught:
        set_quotas(world.session, "none", ("sex",), {}, actor_id=None, now=NOW)
    assert caught.value.code == "survey.unknown"
