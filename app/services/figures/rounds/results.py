"""What comes of a round on its results day: one block of its place for each class of answers, and their document.

Until then nothing of it is counted anywhere. Whatever is needed is counted here at once, from the answers themselves.
"""

import json
import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.domain.figures import wording as say
from app.domain.figures.disclosure import MINIMUM
from app.domain.figures.editions.rounds import read_results, write_results
from app.domain.figures.release import PlannedBlock, ReleaseKind
from app.domain.figures.report import EvidenceSection, Report
from app.domain.surveys.rounds.round import RoundState, digest_of, state_of
from app.domain.weeks import Weeks, day_of, last_settled_week, week_of
from app.models import Place, Placement, Response, Round, Survey, SurveyVersion
from app.services.figures.counting.cells import Cell
from app.services.figures.counting.recounts import mark_cells
from app.services.figures.release_candidates import Candidate, candidates, count_later_verdicts
from app.services.figures.release_queries import blocks_of_round
from app.services.figures.release_writer import Block, ChainNames, ReleaseWriter, count_block
from app.services.figures.reports import place_label, published_versions, sections_of, worded
from app.services.locks import Job, hold
from app.services.record.audit import record
from app.services.responses.screening.screener import Group, Screener
from app.services.responses.screening.settled import Findings, Judged, find_copies, keep_findings
from app.services.surveys.round_queries import RoundView, dates_of, document_of, times_of


@dataclass(frozen=True, slots=True)
class RoundCount:
    """A round as it was counted, to be kept unless a verdict has changed meanwhile."""

    round_id: int
    blocks: list[Block]
    cells: set[Cell]
    later_verdicts: int


def rounds_due(session: Session, now: datetime) -> list[int]:
    """Those whose results day has come, the first one first. Asked every minute: there are few rounds."""
    waiting = select(Round).where(Round.announced_at.is_not(None), Round.cancelled_at.is_(None))
    rows = session.scalars(waiting.where(Round.published_at.is_(None)).order_by(Round.results_on, Round.id))
    return [row.id for row in rows if now >= dates_of(row).shown_from]


def look_for_copies(session: Session, round_id: int, now: datetime) -> list[Findings]:
    """What is found about its answers that count so far, by the code's place, as of all answers. Only reads."""
    screener = Screener(last_settled_week(now))
    found = []
    for group, weeks in _groups(_cells(session, session.get_one(Round, round_id).survey_version_id)).items():
        waiting = (one for one in candidates(session, group, weeks) if one.counted)
        found.append(find_copies(session, screener, group, {one.id: Judged(one.week, one.sequence) for one in waiting}))
    return found


def keep_copies(session: Session, found: Sequence[Findings], now: datetime) -> None:
    """Set aside what was found to be a copy, before it is counted."""
    for one in found:
        keep_findings(session, one, week_of(now))


def count_round(session: Session, round_id: int) -> RoundCount:
    """Count its answers by the verdicts that hold. Only reads, and needs no lock."""
    row = session.get_one(Round, round_id)
    later_verdicts = count_later_verdicts(session)
    cells = _cells(session, row.survey_version_id)
    waiting: dict[Evidence, list[Candidate]] = defaultdict(list)
    for group, weeks in sorted(_groups(cells).items()):
        waiting[group.evidence] += candidates(session, group, weeks)
    blocks = []
    for evidence, listed in sorted(waiting.items()):
        group = Group(row.place_id, row.survey_version_id, evidence)
        if planned := _plan(listed):
            blocks.append(count_block(session, group, ReleaseKind.OWN, planned, listed))
    return RoundCount(round_id, blocks, cells, later_verdicts)


def publish_round(session: Session, counted: RoundCount, now: datetime) -> bool:
    """Keep what was counted, and from the same moment on let everybody read it and headquarters count it.

    False if it was cancelled meanwhile, or has to be counted once more. The caller keeps out whoever publishes.
    """
    hold(session, Job.FOLD)
    hold(session, Job.ROUNDS)
    row = session.get_one(Round, counted.round_id, with_for_update=True, populate_existing=True)
    state = state_of(dates_of(row), times_of(row), now)
    if state in (RoundState.CANCELLED, RoundState.PUBLISHED) or count_later_verdicts(session) != counted.later_verdicts:
        return False
    writer = ReleaseWriter(ChainNames(session), day_of(now))
    for block in counted.blocks:
        writer.write_block(session, block)
    session.flush()
    row.document = _document(session, row)
    row.digest, row.published_at = digest_of(row.document), now
    session.flush()
    # Every cell is counted whole from here on; what was stored without a mark is in it.
    mark_cells(session, counted.cells)
    record(session, "round.published", f"round:{row.id}", None, {"number": row.number, "digest": row.digest}, now)
    return True


def round_sections(session: Session, version_id: int, document: str) -> tuple[EvidenceSection, ...]:
    """The figures of a published round in words; none where fewer than ten answered in every way."""
    slug = session.scalars(
        select(Survey.slug)
        .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .where(SurveyVersion.id == version_id)
    ).one()
    survey = published_versions(session, slug)
    return worded(session, survey, read_results(document, survey.counters[version_id].definition))


def round_report(session: Session, view: RoundView, today: date) -> Report:
    """The same as a report, for tables."""
    place = session.get_one(Place, view.place_id)
    sections = round_sections(session, view.survey_version_id, document_of(session, view) or "")
    return Report(
        place_code=place.code,
        place_kind=place.kind,
        place_name=place_label(place),
        survey_slug=view.slug,
        survey_title=published_versions(session, view.slug).title,
        period=say.PERIOD_LATEST,
        first_week=min((one.first_week for one in sections if one.first_week), default=None),
        last_week=max((one.last_week for one in sections if one.last_week), default=None),
        made_on=today,
        sections=sections,
        method=say.METHOD,
        warning=say.NOT_FOR_CONSEQUENCES,
        next_look_on=view.dates.results_on,
        digest=view.digest,
        notice=None if sections else say.ROUND_TOO_FEW,
    )


def _document(session: Session, row: Round) -> str:
    version = session.get_one(SurveyVersion, row.survey_version_id)
    survey = published_versions(session, session.get_one(Survey, version.survey_id).slug)
    sections, _ = sections_of(survey, blocks_of_round(session, version.id), lambda blocks: blocks)
    announced, salt = json.loads(row.document or "{}"), secrets.token_hex(16)
    return write_results(announced, survey.counters[version.id].definition, sections, salt)


def _cells(session: Session, version_id: int) -> set[Cell]:
    """Where there are answers to a version, by the codes that ask it: an index of answers begins with the place."""
    survey_id = select(SurveyVersion.survey_id).where(SurveyVersion.id == version_id).scalar_subquery()
    places = select(Placement.place_id).where(Placement.survey_id == survey_id)
    columns = (Response.place_id, Response.survey_version_id, Response.week, Response.channel)
    here = Response.place_id.in_(places), Response.survey_version_id == version_id
    return {Cell(*row) for row in session.execute(select(*columns).where(*here).distinct())}


def _groups(cells: set[Cell]) -> dict[Group, set[date]]:
    groups: dict[Group, set[date]] = defaultdict(set)
    for cell in cells:
        groups[Group(cell.place_id, cell.survey_version_id, Channel(cell.channel).evidence)].add(cell.week)
    return groups


def _plan(waiting: Sequence[Candidate]) -> PlannedBlock | None:
    """One block of all of them; None while fewer than ten count. Fewer than ten that were set aside are left out."""
    counted = tuple(at for at, one in enumerate(waiting) if one.counted)
    aside = tuple(at for at, one in enumerate(waiting) if not one.counted)
    if len(counted) < MINIMUM:
        return None
    weeks = [waiting[at].week for at in counted]
    return PlannedBlock(Weeks(min(weeks), max(weeks)), counted, aside if len(aside) >= MINIMUM else ())
