"""Making editions out of releases."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.domain.figures.editions.days import made_at, newest_run
from app.domain.figures.editions.document import EditionHead, write_edition
from app.domain.figures.headline.asked import Usual
from app.domain.problem import Problem, ProblemType
from app.domain.surveys.survey import SurveyKind, SurveyState
from app.models import Arrival, EditionRelease, Place, Release, ReleaseMember, ReleasePart, Survey, SurveyVersion
from app.models.round import in_round
from app.services.draws.asked import Asking, usual_on
from app.services.figures.editions.drivers import with_drivers
from app.services.figures.editions.headlines import with_headline
from app.services.figures.release_candidates import UNFINISHED
from app.services.figures.release_queries import PublishedRelease, releases_of
from app.services.figures.reports import published_versions, sections_of
from app.services.places.ancestry import subtree_ids
from app.services.record.editions import NewEdition, StoredEdition, is_kept, newest_kept, taken_in

EDITION_NEXT_MADE = ProblemType(
    "edition.next_made",
    409,
    "The next edition of this place is made already and waits to be shown. Correct that one then.",
)


@dataclass(frozen=True, slots=True)
class EditionGround:
    """What editions of a day are made of: the releases up to one, but for those of these surveys and these."""

    due_on: date
    last_release_id: int
    open_surveys: frozenset[str]
    held_back: frozenset[int]
    usual: Usual


def newest_release_id(session: Session) -> int:
    """The newest release that is finished; 0 if there is none."""
    return session.scalar(select(func.max(Release.id)).where(Release.number > UNFINISHED)) or 0


def ground_of(session: Session, due_on: date, last_release_id: int, *, opening: bool = False) -> EditionGround:
    """Held back are polls and quizzes that are open, and answers whose minute of arrival is still kept.

    The `opening` editions hold no answers back: until they are there, everybody could read all that was released.
    """
    open_surveys = session.scalars(
        select(Survey.slug)
        .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .where(Survey.kind != SurveyKind.SURVEY.value, SurveyVersion.state == SurveyState.PUBLISHED.value)
    )
    usual = usual_on(session, due_on)
    if opening:
        return EditionGround(due_on, last_release_id, frozenset(open_surveys), frozenset(), usual)
    recent = set(
        session.scalars(
            select(ReleaseMember.release_id).join(Arrival, Arrival.response_id == ReleaseMember.response_id).distinct()
        )
    )
    sums = session.scalars(select(ReleasePart.parent_release_id).where(ReleasePart.release_id.in_(recent)).distinct())
    return EditionGround(due_on, last_release_id, frozenset(open_surveys), frozenset(recent | set(sums)), usual)


def places_with_news(session: Session, ground: EditionGround) -> list[int]:
    """The places that have releases which no edition has taken in yet; some of them may show them in no other way."""
    taken = exists(select(1).where(EditionRelease.release_id == Release.id))
    return list(
        session.scalars(
            select(Release.place_id)
            .where(Release.number > UNFINISHED, Release.id <= ground.last_release_id, ~taken)
            .where(~in_round(Release.survey_version_id))
            .distinct()
            .order_by(Release.place_id)
        )
    )


def make_edition(session: Session, place_id: int, ground: EditionGround) -> NewEdition | None:
    """The edition of a place, to be kept by the caller; None if there is nothing new, or it has been made."""
    if is_kept(session, place_id, ground.due_on):
        return None
    before = newest_kept(session, place_id)
    known = taken_in(session, place_id)
    releases = {slug: _eligible(session, place_id, slug, ground) for slug in _surveys(session, place_id)}
    news = {release.id for each in releases.values() for release in each} - known
    if not news:
        return None
    head = _head(session, place_id, ground.due_on, number=1, before=before)
    text = _text(session, head, place_id, releases, ground.usual)
    return NewEdition(place_id, ground.due_on, 1, text, before.digest if before else None, news)


def correct_edition(session: Session, wrong: StoredEdition, cause: str, reason: Mapping[str, str]) -> NewEdition:
    """The newest edition of a place once more, of what its editions have taken in, as it is counted now.

    Problem `edition.next_made` while another one waits for its hour, which would no longer follow the one before it.
    """
    before = newest_kept(session, wrong.place_id)
    if before is None or before.id != wrong.id:
        raise Problem(EDITION_NEXT_MADE)
    known = taken_in(session, wrong.place_id)
    releases = {
        slug: [one for one in _releases(session, wrong.place_id, slug) if one.id in known]
        for slug in _surveys(session, wrong.place_id)
    }
    number = wrong.number + 1
    head = _head(session, wrong.place_id, wrong.due_on, number=number, before=wrong, replaces=wrong.digest)
    text = _text(session, head, wrong.place_id, releases, usual_on(session, wrong.due_on))
    return NewEdition(wrong.place_id, wrong.due_on, number, text, wrong.digest, (), cause, reason)


def _surveys(session: Session, place_id: int) -> Collection[str]:
    return session.scalars(
        select(Survey.slug)
        .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .join(Release, Release.survey_version_id == SurveyVersion.id)
        .where(Release.place_id == place_id, ~in_round(Release.survey_version_id))
        .distinct()
    ).all()


def _eligible(session: Session, place_id: int, slug: str, ground: EditionGround) -> list[PublishedRelease]:
    if slug in ground.open_surveys:
        return []
    eligible: list[PublishedRelease] = []
    waits: set[tuple[int, str, str]] = set()
    for release in _releases(session, place_id, slug):
        chain = release.survey_version_id, release.evidence, release.kind
        # Whatever follows one that waits does too: in the public record each names the one before it.
        if release.id > ground.last_release_id or release.id in ground.held_back or chain in waits:
            waits.add(chain)
        else:
            eligible.append(release)
    return eligible


def _releases(session: Session, place_id: int, slug: str) -> list[PublishedRelease]:
    return releases_of(session, place_id, published_versions(session, slug).counters)


def _head(
    session: Session,
    place_id: int,
    due_on: date,
    *,
    number: int,
    before: StoredEdition | None,
    replaces: str | None = None,
) -> EditionHead:
    code = session.get_one(Place, place_id).code
    return EditionHead(code, due_on, number, before.digest if before else None, replaces)


def _text(
    session: Session,
    head: EditionHead,
    place_id: int,
    releases: Mapping[str, Sequence[PublishedRelease]],
    usual: Usual,
) -> str:
    def newest(history: Sequence[PublishedRelease]) -> Sequence[PublishedRelease]:
        taken = newest_run([(release.weeks.last, release.responses) for release in history], head.due_on)
        return history[len(history) - taken :]

    surveys = {}
    place = session.get_one(Place, place_id)
    within = subtree_ids(session, place_id, head.due_on)
    asking = Asking(session, place, within, usual, made_at(head.due_on))
    for slug, of_survey in releases.items():
        survey = published_versions(session, slug)
        sections, used = sections_of(survey, of_survey, newest)
        told = [section for section in sections if section.releases]
        if told:
            told = with_drivers(session, place, survey, told, used)
            surveys[slug] = with_headline(asking, slug, told, used)
    document = write_edition(head, surveys)
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
