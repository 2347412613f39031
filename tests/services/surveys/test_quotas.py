"""Quotas on both databases: set, replaced and refused."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.models import AuditEntry
from app.services.surveys.quotas import read_quotas, set_quotas
from app.services.surveys.surveys import close_survey
from tests.factories.surveys.quotas import NOW, WANTED, QuotaWorld


@pytest.fixture
def world(any_session: Session) -> QuotaWorld:
    return QuotaWorld(any_session)


def test_nothing_is_wanted_until_it_is_set(world: QuotaWorld) -> None:
    assert world.report() is None
    world.set()
    assert world.counts() == [
        (("woman", "young"), 3, 0),
        (("woman", "old"), 2, 0),
        (("man", "young"), 1, 0),
    ]


def test_setting_anew_replaces_all_and_is_told_to_the_audit(world: QuotaWorld) -> None:
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
    world: QuotaWorld, questions: tuple[str, ...], targets: dict[tuple[str, ...], int], code: str
) -> None:
    world.set()
    with pytest.raises(Problem) as caught:
        world.set(questions, targets)
    assert caught.value.code == code
    quotas = read_quotas(world.session, world.version.survey_id)
    assert quotas is not None
    assert quotas.targets == WANTED


def test_a_closed_survey_takes_no_quotas_and_an_unknown_one_has_none(world: QuotaWorld) -> None:
    world.set()
    close_survey(world.session, "people", actor_id=None, now=NOW)
    with pytest.raises(Problem) as caught:
        world.set()
    assert caught.value.code == "survey.not_open"
    assert len(world.counts()) == 3
    with pytest.raises(Problem) as caught:
        set_quotas(world.session, "none", ("sex",), {}, actor_id=None, now=NOW)
    assert caught.value.code == "survey.unknown"
