"""Surveys: bring one in as a draft, look at it, publish it for good, close it.

A published version never changes. Publishing the next one takes it out of citizens' hands, but what was
answered on a phone that still showed it counts; only closing the survey ends that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.domain.problem import Problem, ProblemType
from app.domain.surveys.publication import hindrances
from app.domain.surveys.recordings import names_asked
from app.domain.surveys.survey import SurveyDefinition, SurveyKind, SurveyState
from app.formats.xlsform.reading import FormReading, read_form
from app.formats.xlsform.workbook import as_workbook
from app.models import Department, Survey, SurveyAudio, SurveyVersion
from app.services.record.audit import record
from app.services.surveys.readings import add_reading, keep_reading
from app.services.surveys.rounds import require_free

SURVEY_UNKNOWN = ProblemType("survey.unknown", 404, "There is no such questionnaire.")
VERSION_UNKNOWN = ProblemType("survey.version_unknown", 404, "There is no such version of this questionnaire.")
FORM_REFUSED = ProblemType("survey.form_refused", 422, "The file cannot be used yet.")
KIND_CHANGED = ProblemType(
    "survey.kind_changed",
    409,
    "“%(slug)s” is a %(kind)s already. Give the form another form_id to begin a new questionnaire.",
)
UNCHANGED = ProblemType("survey.unchanged", 409, "This is already the published version of “%(slug)s”.")
NO_DRAFT = ProblemType("survey.no_draft", 409, "“%(slug)s” has no draft to publish.")
DRAFT_CHANGED = ProblemType(
    "survey.draft_changed", 409, "Another draft has been brought in meanwhile. Please look at it before you publish it."
)
NOT_READY = ProblemType("survey.not_ready", 422, "The questionnaire is not ready for citizens yet.")
NOT_OPEN = ProblemType("survey.not_open", 409, "“%(slug)s” is not open.")


#: questionnaires that a department may begin from
STARTERS = Path(__file__).resolve().parents[2] / "starters" / "surveys"


@dataclass(frozen=True, slots=True)
class VersionView:
    id: int
    survey_id: int
    slug: str
    number: int
    #: a version that another one replaced is closed without `closed_at`
    state: SurveyState
    fingerprint: str
    published_at: datetime | None
    closed_at: datetime | None
    definition: SurveyDefinition

    @property
    def is_replaced(self) -> bool:
        return self.state is SurveyState.CLOSED and self.closed_at is None


@dataclass(frozen=True, slots=True)
class SurveyView:
    """A survey with its versions, the newest first."""

    id: int
    slug: str
    kind: SurveyKind
    versions: tuple[VersionView, ...]

    @property
    def newest(self) -> VersionView:
        return self.versions[0]

    @property
    def draft(self) -> VersionView | None:
        return next((version for version in self.versions if version.state is SurveyState.DRAFT), None)

    @property
    def published(self) -> VersionView | None:
        return next((version for version in self.versions if version.state is SurveyState.PUBLISHED), None)


def check_form(data: bytes, filename: str) -> FormReading:
    """Read a form; what would only hinder its publication is among the warnings."""
    reading = read_form(data, filename)
    if reading.definition is None:
        return reading
    warnings = (*reading.warnings, *hindrances(reading.definition))
    return replace(reading, warnings=warnings)


def starter_names() -> tuple[str, ...]:
    """The questionnaires that come with Samvad; each is a form that `read_starter` reads."""
    return tuple(sorted(file.stem for file in STARTERS.glob("*.md")))


def read_starter(name: str) -> FormReading:
    """Problem `survey.unknown` if none of this name comes with Samvad."""
    file = _starter(name)
    return read_form(file.read_bytes(), file.name)


def starter_workbook(name: str) -> bytes:
    """The form as .xlsx, to write one's own from; Problem `survey.unknown`."""
    file = _starter(name)
    return as_workbook(file.read_bytes(), file.name)


def _starter(name: str) -> Path:
    if name not in starter_names():
        raise Problem(SURVEY_UNKNOWN)
    return STARTERS / f"{name}.md"


def import_draft(session: Session, reading: FormReading, *, actor_id: int | None, now: datetime) -> VersionView:
    """Keep a form as the draft of its survey, in place of an older draft; nothing is published by it.

    A form of what is published already, which says how its answers are read where nothing said so yet, adds that to
    it: then it is the published version that comes back.

    Problems: `survey.form_refused` with every problem of the form as its parts, `survey.kind_changed`,
    `survey.unchanged`.
    """
    definition, slug = reading.definition, reading.slug
    if definition is None:
        raise Problem(FORM_REFUSED, parts=reading.problems)
    survey = session.scalar(select(Survey).where(Survey.slug == slug))
    if survey is None:
        survey = Survey(slug=slug, kind=definition.kind.value)
        session.add(survey)
        session.flush()
    if survey.kind != definition.kind.value:
        raise Problem(KIND_CHANGED, slug=slug, kind=survey.kind)
    versions = _versions(session, survey)
    for version in versions:
        if version.state == SurveyState.PUBLISHED and version.fingerprint == definition.fingerprint:
            if not add_reading(session, version, reading.read_as, actor_id=actor_id, now=now):
                raise Problem(UNCHANGED, slug=slug)
            return _version_view(survey, version)
    version = _draft_for(session, survey, versions, definition)
    session.flush()
    keep_reading(session, version.id, reading.read_as, now)
    details = {"slug": slug, "number": version.number, "fingerprint": version.fingerprint}
    record(session, "survey.imported", f"survey:{survey.id}", actor_id, details, now)
    return _version_view(survey, version)


def _draft_for(
    session: Session, survey: Survey, versions: Sequence[SurveyVersion], definition: SurveyDefinition
) -> SurveyVersion:
    draft = next((version for version in versions if version.state == SurveyState.DRAFT), None)
    if draft is None:
        number = max((version.number for version in versions), default=0) + 1
        draft = SurveyVersion(survey_id=survey.id, number=number, state=SurveyState.DRAFT.value)
        session.add(draft)
    draft.definition = definition.canonical_json
    draft.fingerprint = definition.fingerprint
    return draft


def publish_draft(
    session: Session, slug: str, *, actor_id: int | None, now: datetime, seen: str | None = None
) -> VersionView:
    """Publish a survey's draft: from now on it never changes, and codes of this survey show it.

    `seen` is the fingerprint of what was looked at before. Problems: `survey.unknown`, `survey.no_draft`,
    `survey.draft_changed`, `round.holds`, and `survey.not_ready` with every hindrance as its parts.
    """
    survey, versions = _survey_and_versions(session, slug)
    require_free(session, survey)
    draft = next((version for version in versions if version.state == SurveyState.DRAFT), None)
    if draft is None:
        raise Problem(NO_DRAFT, slug=slug)
    if seen is not None and seen != draft.fingerprint:
        raise Problem(DRAFT_CHANGED)
    definition = SurveyDefinition.from_json(draft.definition)
    if lacking := hindrances(definition):
        raise Problem(NOT_READY, parts=lacking)
    for version in versions:
        if version.state == SurveyState.PUBLISHED:
            version.state = SurveyState.CLOSED.value
    # Recordings of questions that an earlier draft had are nobody's business.
    asked = names_asked(definition)
    session.execute(
        delete(SurveyAudio).where(SurveyAudio.survey_version_id == draft.id, SurveyAudio.name.not_in(asked))
    )
    draft.state, draft.published_at = SurveyState.PUBLISHED.value, now
    _be_main_if_none_is(session, survey)
    session.flush()
    details = {"slug": slug, "number": draft.number, "fingerprint": draft.fingerprint}
    record(session, "survey.published", f"survey:{survey.id}", actor_id, details, now)
    return _version_view(survey, draft)


def _be_main_if_none_is(session: Session, survey: Survey) -> None:
    department = session.get(Department, 1)
    if department is not None and department.main_survey is None and survey.kind == SurveyKind.SURVEY:
        department.main_survey = survey.slug


def close_survey(session: Session, slug: str, *, actor_id: int | None, now: datetime) -> SurveyView:
    """End a survey: what is answered from now on, under any version, is set aside.

    Problems: `survey.unknown`, `survey.not_open`, `round.holds`.
    """
    survey, versions = _survey_and_versions(session, slug)
    require_free(session, survey)
    if not any(version.state == SurveyState.PUBLISHED for version in versions):
        raise Problem(NOT_OPEN, slug=slug)
    for version in versions:
        if version.published_at is not None and version.closed_at is None:
            version.state, version.closed_at = SurveyState.CLOSED.value, now
    session.flush()
    record(session, "survey.closed", f"survey:{survey.id}", actor_id, {"slug": slug}, now)
    return _survey_view(survey, versions)


def list_surveys(session: Session) -> tuple[SurveyView, ...]:
    """All surveys by slug, each with its versions."""
    surveys = session.scalars(select(Survey).order_by(Survey.slug)).all()
    return tuple(_survey_view(survey, _versions(session, survey)) for survey in surveys)


def get_survey(session: Session, slug: str) -> SurveyView:
    """Problem `survey.unknown` if there is none."""
    return _survey_view(*_survey_and_versions(session, slug))


def get_version(session: Session, slug: str, number: int) -> VersionView:
    """Problems `survey.unknown` and `survey.version_unknown`."""
    survey = get_survey(session, slug)
    for version in survey.versions:
        if version.number == number:
            return version
    raise Problem(VERSION_UNKNOWN)


def _survey_and_versions(session: Session, slug: str) -> tuple[Survey, list[SurveyVersion]]:
    survey = session.scalar(select(Survey).where(func.lower(Survey.slug) == slug.lower()))
    if survey is None:
        raise Problem(SURVEY_UNKNOWN)
    return survey, _versions(session, survey)


def _versions(session: Session, survey: Survey) -> list[SurveyVersion]:
    chosen = select(SurveyVersion).where(SurveyVersion.survey_id == survey.id)
    return list(session.scalars(chosen.order_by(SurveyVersion.number.desc())))


def _survey_view(survey: Survey, versions: list[SurveyVersion]) -> SurveyView:
    views = tuple(_version_view(survey, version) for version in versions)
    return SurveyView(survey.id, survey.slug, SurveyKind(survey.kind), views)


def _version_view(survey: Survey, version: SurveyVersion) -> VersionView:
    return VersionView(
        id=version.id,
        survey_id=survey.id,
        slug=survey.slug,
        number=version.number,
        state=SurveyState(version.state),
        fingerprint=version.fingerprint,
        published_at=version.published_at,
        closed_at=version.closed_at,
        definition=SurveyDefinition.from_json(version.definition),
    )
