"""An edition read as the report of one survey."""

import json
from datetime import date
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.figures import wording as say
from app.domain.figures.editions.days import Showing
from app.domain.figures.editions.reader import Definitions, read_edition
from app.domain.figures.editions.stored import EditionJson
from app.domain.figures.report import EvidenceSection, Report
from app.domain.figures.report_marks import AuditMark, EditionMark
from app.domain.problem import Problem
from app.domain.surveys.survey import SurveyDefinition
from app.domain.weeks import WEEK, week_of
from app.models import Place, Survey, SurveyVersion
from app.services.figures.counting.survey_counters import counter_of
from app.services.figures.editions.stations import stations_of
from app.services.figures.reports import (
    REPORT_PLACE_UNKNOWN,
    REPORT_SURVEY_UNKNOWN,
    place_label,
    published_versions,
    worded,
)
from app.services.record.editions import StoredEdition


def edition_surveys(edition: StoredEdition) -> list[str]:
    """The slugs of the surveys that it has figures of."""
    return [survey["slug"] for survey in document_of(edition)["surveys"]]


def document_of(edition: StoredEdition) -> EditionJson:
    """What its bytes say."""
    document: EditionJson = json.loads(edition.text)
    return document


def edition_report(
    session: Session, edition: StoredEdition, survey_slug: str, today: date, audit: AuditMark | None = None
) -> Report:
    """An edition as the report of one survey. Problems `report.place_unknown` and `report.survey_unknown`."""
    place = session.get(Place, edition.place_id)
    if place is None:
        raise Problem(REPORT_PLACE_UNKNOWN)
    survey = published_versions(session, survey_slug)
    sections = worded(session, survey, edition_sections(session, edition, survey_slug))
    first_week = min((one.first_week for one in sections if one.first_week), default=None)
    last_week = max((one.last_week for one in sections if one.last_week), default=None)
    return Report(
        place_code=place.code,
        place_kind=place.kind,
        place_name=place_label(place),
        survey_slug=survey_slug,
        survey_title=survey.title,
        period=say.PERIOD_LATEST,
        first_week=first_week,
        last_week=last_week,
        made_on=today,
        sections=sections,
        method=say.METHOD,
        warning=say.NOT_FOR_CONSEQUENCES,
        next_look_on=week_of(today) + WEEK,
        digest=edition.digest,
        audit=audit,
        notice=None if sections else say.NO_RESULTS_YET,
        edition=EditionMark(edition.due_on, edition.number, edition.cause, dict(edition.reason)),
        stations=stations_of(session, place.id, survey_slug, first_week, last_week, Showing(edition.due_on)),
    )


def edition_sections(
    session: Session,
    edition: StoredEdition,
    survey_slug: str,
    only: str | None = None,
    definitions: Definitions | None = None,
    *,
    questions_alone: bool = False,
) -> tuple[EvidenceSection, ...]:
    """What it says of one survey, or with `only` of one of its questions; nothing if it has no figures of it.

    With `questions_alone` neither its lines over time, which grow with the years, nor its drivers. Whoever reads many
    editions passes `known_definitions` once.
    """
    document = document_of(edition)
    document["surveys"] = [survey for survey in document["surveys"] if survey["slug"] == survey_slug]
    for section in (section for survey in document["surveys"] for section in survey["sections"]):
        if only is not None:
            section["questions"] = [figure for figure in section["questions"] if figure["name"] == only]
            section["set_aside"] = None
        if only is not None or questions_alone:
            section["trends"] = []
            section.pop("drivers", None)
    return read_edition(document, definitions or known_definitions(session)).get(survey_slug, ())


def known_definitions(session: Session) -> Definitions:
    """The definitions that editions name, each looked up once. Problem `report.survey_unknown`."""

    @cache
    def definition_of(slug: str, number: int) -> SurveyDefinition:
        version_id = session.scalar(
            select(SurveyVersion.id)
            .join(Survey, Survey.id == SurveyVersion.survey_id)
            .where(Survey.slug == slug, SurveyVersion.number == number)
        )
        if version_id is None:
            raise Problem(REPORT_SURVEY_UNKNOWN)
        return counter_of(session, version_id).definition

    return definition_of
