"""Which report somebody below headquarters reads: the newest edition, or a time of their own choice.

A choice is made of releases that an edition has taken in, so that nobody sees anything that is finer or earlier than
what everybody can see. Until the first editions of an installation are there, all releases are read.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.domain.figures.editions.days import Showing
from app.domain.figures.editions.times import is_over
from app.domain.figures.report import Label, Report
from app.domain.figures.report_marks import AuditMark
from app.domain.weeks import WEEK, Weeks, day_of, weeks_of_month
from app.models import Release, Survey, SurveyVersion
from app.models.round import in_round
from app.services.figures.editions.above import above_of
from app.services.figures.editions.holding import what_is_shown
from app.services.figures.editions.reports import edition_report, edition_surveys
from app.services.figures.editions.stations import stations_of
from app.services.figures.release_candidates import UNFINISHED
from app.services.figures.reports import LATEST, reportable_surveys, station_report
from app.services.record.audit import read_head
from app.services.record.editions import StoredEdition, is_taken_in, newest_edition, newest_shown_day, taken_in


def read_report(
    session: Session, place_id: int, wanted: str | None, period: str | None, now: datetime
) -> tuple[Report | None, list[tuple[str, Label]]]:
    """The report of the wanted survey, with the mark of the audit; and what surveys there are.

    Where none is wanted, of the main one; if that has no results here, of the one with the newest. None while
    nothing has been published. Problems as of `station_report`.
    """
    surveys = reportable_surveys(session)
    slugs = [slug for slug, _ in surveys]
    if not slugs:
        return None, surveys
    head = read_head(session)
    audit = AuditMark(head.sequence, head.mark)
    showing = what_is_shown(session, now)
    if newest_shown_day(session, showing.latest) is None:
        slug = wanted if wanted in slugs else _first(slugs, _newest_days(session, place_id))
        return station_report(session, place_id, slug, period, day_of(now), audit), surveys
    edition = newest_edition(session, place_id, showing)
    slug = wanted if wanted in slugs else _first(slugs, edition_surveys(edition) if edition else ())
    report = _shown(session, place_id, slug, period, edition, showing, day_of(now), audit)
    return replace(report, next_look_on=showing.latest + WEEK), surveys


def months_shown(session: Session, places: Collection[int], months: Sequence[date], now: datetime) -> list[date]:
    """Those of these months, by their first days, that are over and of which one of these places has results."""
    over = [month for month in months if is_over(Weeks.of_month(month.year, month.month), day_of(now))]
    if not over:
        return []
    showing = what_is_shown(session, now)
    of_month = Release.place_id.in_(places), Release.last_week.in_(bindparam("weeks", expanding=True))
    # One is enough to know, however many there are.
    ordinary = ~in_round(Release.survey_version_id)
    told = select(Release.id).where(*of_month, Release.number > UNFINISHED, ordinary).limit(1)
    if newest_shown_day(session, showing.latest) is not None:
        told = told.where(is_taken_in(showing))
    weeks = {month: weeks_of_month(month.year, month.month) for month in over}
    return [month for month in over if session.scalar(told, {"weeks": weeks[month]}) is not None]


def _shown(
    session: Session,
    place_id: int,
    slug: str,
    period: str | None,
    edition: StoredEdition | None,
    showing: Showing,
    today: date,
    audit: AuditMark,
) -> Report:
    if edition is not None and period in (None, "", LATEST):
        above = above_of(session, place_id, slug, showing, today)
        return replace(edition_report(session, edition, slug, today, audit), above=above)
    chosen = station_report(session, place_id, slug, period, today, audit, only=taken_in(session, place_id, showing))
    first, last = (chosen.first_week, chosen.last_week) if chosen.sections else (None, None)
    # What everybody can check has a fingerprint; what one reader has put together has none.
    return replace(chosen, digest=None, stations=stations_of(session, place_id, slug, first, last, showing))


def _first(slugs: Sequence[str], with_results: Collection[str]) -> str:
    """The main one, which stands first, if there are results of it; else the first of those that have some."""
    return slugs[0] if slugs[0] in with_results else next(iter(with_results), slugs[0])


def _newest_days(session: Session, place_id: int) -> list[str]:
    """The surveys of which this place has releases, the newest first."""
    rows = session.execute(
        select(Survey.slug, func.max(Release.published_on).label("newest"))
        .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .join(Release, Release.survey_version_id == SurveyVersion.id)
        .where(Release.place_id == place_id, Release.number > UNFINISHED, ~in_round(Release.survey_version_id))
        .group_by(Survey.slug)
        .order_by(func.max(Release.published_on).desc(), Survey.slug)
    )
    return [slug for slug, _ in rows]
