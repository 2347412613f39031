"""Reports: what a place's page, print and CSV may show, made of releases alone."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Evidence
from app.domain.figures import wording as say
from app.domain.figures.disclosure import shortest_run, shown_responses, were_chosen
from app.domain.figures.editions.times import is_of_past_quarters, is_over
from app.domain.figures.question_figures import with_words
from app.domain.figures.release import digest_of
from app.domain.figures.report import EvidenceSection, Label, Report
from app.domain.figures.report_marks import AuditMark
from app.domain.problem import Problem, ProblemType
from app.domain.sentence import Sentence
from app.domain.surveys.survey import SurveyState
from app.domain.weeks import WEEK, Weeks, week_of
from app.models import Place, Survey, SurveyVersion
from app.services.figures.counting.survey_counters import SurveyCounter, counter_of
from app.services.figures.release_queries import PublishedRelease, releases_of
from app.services.figures.report_sections import SectionMaker
from app.services.surveys.main_survey import main_survey
from app.services.surveys.readings import reading_of

REPORT_PLACE_UNKNOWN = ProblemType("report.place_unknown", 404, "This place is not known.")
REPORT_SURVEY_UNKNOWN = ProblemType("report.survey_unknown", 404, "These questions are not known.")
REPORT_PERIOD_MALFORMED = ProblemType("report.period_malformed", 422, "Please choose a month, such as 2026-10.")
#: the periods that have a name; every other is a month
LATEST, ALL = "latest", "all"


@dataclass(frozen=True, slots=True)
class SurveyVersions:
    """A survey with its versions that were ever published, the oldest first."""

    slug: str
    counters: dict[int, SurveyCounter]
    #: by id, as readers count them
    numbers: dict[int, int]

    @property
    def title(self) -> Label:
        return Label(texts=list(self.counters.values())[-1].definition.title)


def station_report(
    session: Session,
    place_id: int,
    survey_slug: str,
    period: str | None,
    today: date,
    audit: AuditMark | None = None,
    *,
    only: Collection[int] | None = None,
) -> Report:
    """The report of a place of any kind, through disclosure; of all its releases, or `only` of these.

    `period` is `latest` (or None: the shortest run of newest releases that reaches thirty answers, for each
    evidence class), or the whole releases that end in a month that is over or, as `all`, in any quarter that is.
    Problems `report.place_unknown`, `report.survey_unknown`, `report.period_malformed`.
    """
    weeks = _weeks(period)
    place = session.get(Place, place_id)
    if place is None:
        raise Problem(REPORT_PLACE_UNKNOWN)
    survey = published_versions(session, survey_slug)
    releases = releases_of(session, place_id, survey.counters)
    if only is not None:
        releases = [release for release in releases if release.id in only]
    sections, used = sections_of(survey, releases, lambda history: _choose(history, period, weeks, today))
    sections = worded(session, survey, sections)
    return Report(
        place_code=place.code,
        place_kind=place.kind,
        place_name=place_label(place),
        survey_slug=survey.slug,
        survey_title=survey.title,
        period=_period_words(period, weeks),
        first_week=min((release.weeks.first for release in used), default=weeks.first if weeks else None),
        last_week=max((release.weeks.last for release in used), default=weeks.last if weeks else None),
        made_on=today,
        sections=sections,
        method=say.METHOD,
        warning=say.NOT_FOR_CONSEQUENCES,
        next_look_on=week_of(today) + WEEK,
        digest=digest_of({"releases": sorted(release.digest for release in used)}) if used else None,
        audit=audit,
        notice=None if sections else say.NO_RESULTS_YET,
    )


def sections_of(
    survey: SurveyVersions,
    releases: Sequence[PublishedRelease],
    choose: Callable[[Sequence[PublishedRelease]], Sequence[PublishedRelease]],
) -> tuple[tuple[EvidenceSection, ...], list[PublishedRelease]]:
    """A section for each evidence class that has releases, of those that `choose` picks of its own; and all these."""
    sections: list[EvidenceSection] = []
    used: list[PublishedRelease] = []
    for evidence in say.HEADINGS:
        history = [release for release in releases if release.evidence is evidence]
        if history:
            chosen = choose(history)
            sections.append(_section(survey, evidence, history, chosen))
            used += chosen
    return tuple(sections), used


def worded(
    session: Session, survey: SurveyVersions, sections: Sequence[EvidenceSection]
) -> tuple[EvidenceSection, ...]:
    """The sections with the words that their versions have for good answers; figures are kept without any."""
    shown = {section.version for section in sections}
    read_as = {
        number: (survey.counters[id_].definition, reading_of(session, id_))
        for id_, number in survey.numbers.items()
        if number in shown
    }
    return tuple(
        with_words(section, *read_as[section.version]) if section.version in read_as else section
        for section in sections
    )


def published_versions(session: Session, slug: str) -> SurveyVersions:
    """The survey of this slug, with every version that may have answers; Problem `report.survey_unknown`."""
    versions = session.execute(
        select(SurveyVersion.id, SurveyVersion.number)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(Survey.slug == slug, SurveyVersion.state != SurveyState.DRAFT.value)
        .order_by(SurveyVersion.number)
    ).all()
    if not versions:
        raise Problem(REPORT_SURVEY_UNKNOWN)
    return SurveyVersions(slug, {id_: counter_of(session, id_) for id_, _ in versions}, dict(versions))


def reportable_surveys(session: Session) -> list[tuple[str, Label]]:
    """Slug and title of every survey that was ever published: the main one, then by their slugs."""
    slugs = session.scalars(
        select(Survey.slug)
        .where(Survey.id.in_(select(SurveyVersion.survey_id).where(SurveyVersion.state != SurveyState.DRAFT.value)))
        .order_by(Survey.slug)
    ).all()
    main = main_survey(session)
    slugs = sorted(slugs, key=lambda slug: slug != main)
    return [(slug, published_versions(session, slug).title) for slug in slugs]


def _section(
    survey: SurveyVersions, evidence: Evidence, history: Sequence[PublishedRelease], chosen: Sequence[PublishedRelease]
) -> EvidenceSection:
    heading = say.HEADINGS[evidence]
    said_by = say.SAID_BY_CHOSEN if were_chosen(evidence) else say.SAID_BY_CHOOSERS
    responses = shown_responses(sum(release.responses for release in chosen))
    if not chosen:
        return EvidenceSection(evidence, heading, said_by, responses, 0, notice=say.NO_RELEASE_IN_PERIOD)
    maker = SectionMaker(survey.counters, evidence, chosen)
    # A line ends where the time does that it stands beside.
    last = max(release.weeks.last for release in chosen)
    history = [release for release in history if release.weeks.last <= last]
    return EvidenceSection(
        evidence=evidence,
        heading=heading,
        said_by=said_by,
        responses=responses,
        releases=len(chosen),
        first_week=min(release.weeks.first for release in chosen),
        last_week=max(release.weeks.last for release in chosen),
        questions=maker.questions(),
        trends=maker.trends(history),
        set_aside=maker.set_aside(),
        digest=chosen[-1].digest,
        digests=tuple(release.digest for release in chosen),
        version=survey.numbers[maker.version_id],
    )


def _choose(
    history: Sequence[PublishedRelease], period: str | None, month: Weeks | None, today: date
) -> Sequence[PublishedRelease]:
    if month is not None:
        return [release for release in history if release.weeks.last in month and is_over(month, today)]
    if period == ALL:
        return [release for release in history if is_of_past_quarters(release.weeks.last, today)]
    return history[len(history) - shortest_run([release.responses for release in history]) :]


def _weeks(period: str | None) -> Weeks | None:
    if period in (None, "", LATEST, ALL):
        return None
    try:
        return Weeks.parse_month(str(period))
    except ValueError:
        raise Problem(REPORT_PERIOD_MALFORMED) from None


def _period_words(period: str | None, weeks: Weeks | None) -> Sentence:
    if weeks is not None:
        return say.PERIOD_CHOSEN
    return say.PERIOD_ALL if period == ALL else say.PERIOD_LATEST


def place_label(place: Place) -> Label:
    """The place's names, as a label."""
    return Label(texts={language: name for language, name in (("hi", place.name_hi), ("en", place.name_en)) if name})
