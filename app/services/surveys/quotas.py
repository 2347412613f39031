"""Quotas: how many interviews headquarters wants of which people; how far they have come is a figure."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.domain.surveys.quotas import Cell, Quotas, plan_quotas
from app.domain.surveys.survey import SurveyDefinition
from app.models import QuotaCell, QuotaPlan
from app.services.record.audit import record
from app.services.surveys.surveys import NOT_OPEN, SurveyView, get_survey


def set_quotas(
    session: Session,
    slug: str,
    questions: Sequence[str],
    targets: Mapping[Cell, int],
    *,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Replace a survey's quotas; without any target there are none.

    Problems `survey.unknown`, `survey.not_open` and `quota.…`.
    """
    survey = get_survey(session, slug)
    quotas = plan_quotas(_open(survey), questions, targets)
    session.execute(delete(QuotaCell).where(QuotaCell.survey_id == survey.id))
    session.execute(delete(QuotaPlan).where(QuotaPlan.survey_id == survey.id))
    if quotas.targets:
        session.execute(insert(QuotaPlan), [{"survey_id": survey.id, "questions": _json(quotas.questions)}])
        cells = [{"survey_id": survey.id, "cell": _json(cell), "target": n} for cell, n in quotas.targets.items()]
        session.execute(insert(QuotaCell), cells)
    details = {"slug": survey.slug, "questions": list(quotas.questions), "wanted": sum(quotas.targets.values())}
    record(session, "quotas.set", f"survey:{survey.id}", actor_id, details, now)


def read_quotas(session: Session, survey_id: int) -> Quotas | None:
    """What is wanted of a survey; None if nothing is."""
    plan = session.get(QuotaPlan, survey_id)
    if plan is None:
        return None
    rows = session.execute(select(QuotaCell.cell, QuotaCell.target).where(QuotaCell.survey_id == survey_id))
    return Quotas(tuple(json.loads(plan.questions)), {tuple(json.loads(cell)): target for cell, target in rows})


def open_definition(session: Session, slug: str) -> SurveyDefinition:
    """What citizens are asked now; problems `survey.unknown` and `survey.not_open`."""
    return _open(get_survey(session, slug))


def _open(survey: SurveyView) -> SurveyDefinition:
    if survey.published is None:
        raise Problem(NOT_OPEN, slug=survey.slug)
    return survey.published.definition


def _json(names: Sequence[str]) -> str:
    return json.dumps(list(names), ensure_ascii=False, separators=(",", ":"))
