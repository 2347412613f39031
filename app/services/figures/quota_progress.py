"""How far the interviews of a survey have come towards its quotas.

Counted from the responses that count at this moment, all devices together. It is exact, so it is for headquarters,
and for interviewers as far as their own survey needs it.
"""

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.json_value import JsonObject, JsonValue
from app.domain.responses.verdict import Decision
from app.domain.surveys.quotas import (
    Cell,
    Progress,
    QuotaCount,
    QuotaReport,
    Quotas,
    cell_words,
    describe_cell,
    groupable,
)
from app.domain.surveys.survey import REQUIRED_LANGUAGES, Question
from app.models import Placement, Response, Survey, SurveyVersion, Verdict
from app.services.responses.verdicts import holds
from app.services.surveys.quotas import read_quotas
from app.services.surveys.surveys import SurveyView, get_survey


def report_quotas(session: Session, survey: SurveyView) -> QuotaReport | None:
    """How far the interviews of a survey have come; None without quotas."""
    quotas = read_quotas(session, survey.id)
    if quotas is None:
        return None
    known = {question.name: question for version in survey.versions[::-1] for question in groupable(version.definition)}
    questions = tuple(known[name] for name in quotas.questions if name in known)
    asked = {question.name for question in groupable((survey.published or survey.newest).definition)}
    missing = tuple(name for name in quotas.questions if name not in asked)
    progress = quotas.progress(_interviewed(session, survey.id))
    return QuotaReport(quotas, questions, missing, _counts(quotas, questions, progress), progress.beside)


def quotas_of_placement(session: Session, placement_id: int) -> JsonObject | None:
    """What an interviewer's phone is told of its survey's quotas; None for any other placement, and without quotas."""
    placement = session.get_one(Placement, placement_id)
    if placement.channel != Channel.INTERVIEW.value:
        return None
    slug = session.scalars(select(Survey.slug).where(Survey.id == placement.survey_id)).one()
    report = report_quotas(session, get_survey(session, slug))
    if report is None:
        return None
    cells: list[JsonValue] = [
        {
            "cell": list(count.cell),
            "words": {language: describe_cell(count.words, language) for language in REQUIRED_LANGUAGES},
            "target": count.target,
            "counted": count.counted,
        }
        for count in report.counts
    ]
    return {"questions": list(report.quotas.questions), "cells": cells}


def _counts(quotas: Quotas, questions: Sequence[Question], progress: Progress) -> tuple[QuotaCount, ...]:
    """In the order of the questionnaire's choices; groups whose choices are gone come last."""
    order = {(question.name, choice.name): at for question in questions for at, choice in enumerate(question.choices)}

    def position(cell: Cell) -> tuple[tuple[int, ...], Cell]:
        return tuple(order.get((name, choice), 1000) for name, choice in zip(quotas.questions, cell, strict=True)), cell

    return tuple(
        QuotaCount(
            cell, cell_words(cell, quotas.questions, questions), quotas.targets[cell], progress.counted.get(cell, 0)
        )
        for cell in sorted(quotas.targets, key=position)
    )


def _interviewed(session: Session, survey_id: int) -> Iterator[JsonObject]:
    """The answers of every interview that counts, by the index that begins with the place."""
    interviews = (Placement.survey_id == survey_id, Placement.channel == Channel.INTERVIEW.value)
    rows = session.scalars(
        select(Response.answers)
        .join(Verdict, Verdict.response_id == Response.id)
        .where(
            Response.place_id.in_(select(Placement.place_id).where(*interviews)),
            Response.survey_version_id.in_(select(SurveyVersion.id).where(SurveyVersion.survey_id == survey_id)),
            Response.channel == Channel.INTERVIEW.value,
            Verdict.verdict == Decision.COUNTED.value,
            holds(),
        )
        .execution_options(yield_per=1000)
    )
    return map(json.loads, rows)
