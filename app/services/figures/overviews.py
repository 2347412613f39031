"""What headquarters sees: exact live counts by place and week, and the answers that were set aside.

Everything here is exact and passes no disclosure: it is for accounts that may read tallies, and never leaves
headquarters as it is.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.domain.figures.counters import Part, PartCounts, add, unpack
from app.domain.figures.exact import ExactFigures, ExactQuestion
from app.domain.figures.question_figures import cell_label
from app.domain.figures.report import Label
from app.domain.json_value import JsonObject
from app.domain.listing import Listing, Paging
from app.domain.places.place import PlaceKind
from app.domain.responses.verdict import Decision
from app.domain.weeks import Weeks, weeks_from
from app.formats.canonical_json import read_to_show
from app.models import Place, Response, Tally, Verdict
from app.services.figures.reports import SurveyVersions, place_label, published_versions
from app.services.places.ancestry import Ancestry, subtree_ids
from app.services.responses.verdicts import holds


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One place with everything below it: `counted` and `set_aside` in all, and `by_week` what counts."""

    place_id: int
    code: str
    kind: PlaceKind
    name: Label
    counted: int
    set_aside: int
    by_week: tuple[int, ...]
    has_below: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """A place and, in `rows`, those right below it, for these weeks (Mondays)."""

    survey_title: Label
    weeks: tuple[date, ...]
    whole: OverviewRow
    rows: tuple[OverviewRow, ...]
    by_channel: Mapping[Channel, tuple[int, int]]
    reasons: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SetAsideAnswer:
    """One answer that is set aside, without its id: nobody needs it to judge the reasons."""

    place: Label
    week: date
    channel: Channel
    reasons: tuple[str, ...]
    answers: JsonObject
    broken: JsonObject


def headquarters_overview(session: Session, place_id: int, survey_slug: str, weeks: Weeks) -> Overview:
    """Live counts of a place and of those below it, by week and channel, and why answers are set aside.

    Whatever was below the place in any of these weeks has a row. Problem `report.survey_unknown`.
    """
    survey = published_versions(session, survey_slug)
    ancestry = Ancestry.load(session)
    mondays = tuple(weeks_from(weeks.first, weeks.last))
    below = {child for week in mondays for child in ancestry.children(place_id, week)}
    cells = _cells(session, survey, {place_id, *below}, weeks)
    places = {place.id: place for place in session.scalars(select(Place).where(Place.id.in_({place_id, *below})))}

    def row(place: Place) -> OverviewRow:
        return _row(place, cells[place.id], mondays, bool(ancestry.children(place.id, weeks.last)))

    return Overview(
        survey.title,
        mondays,
        row(places[place_id]),
        tuple(row(places[id_]) for id_ in sorted(below, key=lambda id_: places[id_].code)),
        _by_channel(cells[place_id]),
        _reasons(session, survey, subtree_ids(session, place_id, weeks.last), weeks),
    )


def exact_figures(session: Session, place_id: int, survey_slug: str, weeks: Weeks) -> list[ExactFigures]:
    """The exact counts of a place, one for each evidence class that has any, of the newest version with answers."""
    survey = published_versions(session, survey_slug)
    vectors: dict[Evidence, dict[int, list[tuple[int, ...]]]] = defaultdict(lambda: defaultdict(list))
    for cell in _cells(session, survey, {place_id}, weeks)[place_id]:
        if cell.verdict == Decision.COUNTED:
            vectors[Channel(cell.channel).evidence][cell.survey_version_id].append(unpack(cell.counters))
    figures = []
    for evidence in (evidence for evidence in Evidence if evidence in vectors):
        newest = max(vectors[evidence], key=list(survey.counters).index)
        vector = add(vectors[evidence][newest])
        read = survey.counters[newest].layout.read(vector)
        questions = tuple(_exact(part, counts) for part, counts in read)
        older = sum(add(each)[0] for version, each in vectors[evidence].items() if version != newest)
        figures.append(ExactFigures(evidence, vector[0], questions, older))
    return figures


def set_aside_answers(
    session: Session, place_id: int, survey_slug: str, weeks: Weeks, *, page: int = 1, per_page: int = 20
) -> Listing[SetAsideAnswer]:
    """The answers that are set aside at a place and below it, the newest week first."""
    survey = published_versions(session, survey_slug)
    places = subtree_ids(session, place_id, weeks.last)
    held = (*_set_aside(survey, places, weeks), holds())
    total = session.scalar(
        select(func.count()).select_from(Verdict).join(Response, Response.id == Verdict.response_id).where(*held)
    )
    paging = Paging(total or 0, page, per_page)
    rows = session.execute(
        select(Response, Verdict.reasons, Place)
        .join(Verdict, Verdict.response_id == Response.id)
        .join(Place, Place.id == Response.place_id)
        .where(*held)
        .order_by(Response.week.desc(), Response.id)
        .limit(per_page)
        .offset(paging.offset)
    )
    return paging.listing(_set_aside_answer(*row) for row in rows)


def _cells(session: Session, survey: SurveyVersions, places: Iterable[int], weeks: Weeks) -> dict[int, list[Tally]]:
    cells: dict[int, list[Tally]] = defaultdict(list)
    for cell in session.scalars(
        select(Tally).where(
            Tally.place_id.in_(places),
            Tally.survey_version_id.in_(survey.counters),
            Tally.week.between(weeks.first, weeks.last),
        )
    ):
        cells[cell.place_id].append(cell)
    return cells


def _row(place: Place, cells: Sequence[Tally], mondays: Sequence[date], has_below: bool) -> OverviewRow:
    by_week: Counter[date] = Counter()
    verdicts: Counter[str] = Counter()
    for cell in cells:
        verdicts[cell.verdict] += cell.responses
        if cell.verdict == Decision.COUNTED:
            by_week[cell.week] += cell.responses
    return OverviewRow(
        place.id,
        place.code,
        PlaceKind(place.kind),
        place_label(place),
        verdicts[Decision.COUNTED],
        verdicts[Decision.SET_ASIDE],
        tuple(by_week[week] for week in mondays),
        has_below,
    )


def _by_channel(cells: Sequence[Tally]) -> dict[Channel, tuple[int, int]]:
    """Counted and set aside, by channel."""
    verdicts: Counter[tuple[str, str]] = Counter()
    for cell in cells:
        verdicts[cell.channel, cell.verdict] += cell.responses
    used = {channel for channel, _ in verdicts}
    return {
        channel: (verdicts[channel, Decision.COUNTED], verdicts[channel, Decision.SET_ASIDE])
        for channel in Channel
        if channel in used
    }


def _reasons(session: Session, survey: SurveyVersions, places: Iterable[int], weeks: Weeks) -> dict[str, int]:
    """How often each reason was given; an answer may have several."""
    rows = session.execute(
        select(Verdict.reasons, func.count())
        .join(Response, Response.id == Verdict.response_id)
        .where(*_set_aside(survey, places, weeks), holds())
        .group_by(Verdict.reasons)
    )
    reasons: Counter[str] = Counter()
    for listed, number in rows:
        for reason in json.loads(listed):
            reasons[reason] += number
    return dict(reasons.most_common())


def _set_aside(survey: SurveyVersions, places: Iterable[int], weeks: Weeks) -> tuple[ColumnElement[bool], ...]:
    return (
        Verdict.verdict == Decision.SET_ASIDE.value,
        Response.place_id.in_(places),
        Response.survey_version_id.in_(survey.counters),
        Response.week.between(weeks.first, weeks.last),
    )


def _set_aside_answer(response: Response, reasons: str, place: Place) -> SetAsideAnswer:
    return SetAsideAnswer(
        place_label(place),
        response.week,
        Channel(response.channel),
        tuple(json.loads(reasons)),
        read_to_show(response.answers),
        read_to_show(response.broken) if response.broken else {},
    )


def _exact(part: Part, counts: PartCounts) -> ExactQuestion:
    return ExactQuestion(
        part.question.name,
        part.row.name if part.row else None,
        Label(texts=part.question.label),
        Label(texts=part.row.label) if part.row else None,
        counts.asked,
        counts.answered,
        counts.declined,
        counts.unanswered,
        tuple((cell, cell_label(part.question, cell), number) for cell, number in counts.cells.items()),
    )
