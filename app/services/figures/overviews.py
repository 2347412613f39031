"""What headquarters sees: exact live counts by place and week, and the answers that were set aside.

Everything here is exact and passes no disclosure: it is for accounts that may read tallies, and never leaves
headquarters as it is.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.codes.channel import Channel, Evidence
from app.domain.figures.counters import Part, PartCounts, add, unpack
from app.domain.figures.exact import ExactFigures, ExactQuestion
from app.domain.figures.highlights.week_bars import WeekCounts
from app.domain.figures.question_figures import cell_label
from app.domain.figures.report import Label
from app.domain.json_value import JsonObject
from app.domain.listing import Listing, Paging
from app.domain.places.place import PlaceKind
from app.domain.responses.verdict import Decision
from app.domain.weeks import Weeks, weeks_from
from app.formats.canonical_json import read_to_show
from app.models import Place, ReasonCell, Response, Tally, Verdict
from app.models.round import is_blind
from app.models.verdict import SET_ASIDE as IS_SET_ASIDE
from app.services.figures.reports import SurveyVersions, place_label, published_versions
from app.services.places.ancestry import Ancestry
from app.services.responses.verdicts import holds

#: the same condition in words that SQLite does not know from its index, so that it does not look there
AMONG_ALL = Verdict.verdict == Decision.SET_ASIDE.value


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
    #: of the whole, for each of `weeks`
    by_week: tuple[WeekCounts, ...]
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
    cells = _counts(session, survey, {place_id, *below}, weeks)
    places = {place.id: place for place in session.scalars(select(Place).where(Place.id.in_({place_id, *below})))}

    def row(place: Place) -> OverviewRow:
        return _row(place, cells[place.id], mondays, bool(ancestry.children(place.id, weeks.last)))

    return Overview(
        survey.title,
        mondays,
        row(places[place_id]),
        tuple(row(places[id_]) for id_ in sorted(below, key=lambda id_: places[id_].code)),
        _by_channel(cells[place_id]),
        _by_week(cells[place_id], mondays),
        _reasons(session, survey, place_id, weeks),
    )


def exact_figures(session: Session, place_id: int, survey_slug: str, weeks: Weeks) -> list[ExactFigures]:
    """The exact counts of a place, one for each evidence class that has any, of the newest version with answers."""
    survey = published_versions(session, survey_slug)
    vectors: dict[Evidence, dict[int, list[tuple[int, ...]]]] = defaultdict(lambda: defaultdict(list))
    for cell in session.scalars(select(Tally).where(*_chosen(survey, [place_id], weeks))):
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
    ancestry = Ancestry.load(session)
    paging = Paging(_number(session, place_id, weeks, survey.counters, Decision.SET_ASIDE), page, per_page)
    # Of a large place they are found among those set aside, the newest first; of a small one among its own answers.
    top = (place_id, *ancestry.ancestors(place_id, weeks.last))[-1]
    everywhere = _number(session, top, weeks, None, Decision.SET_ASIDE)
    passed_over = (paging.offset + per_page) * everywhere / max(1, paging.total)
    among_aside = passed_over < _number(session, place_id, weeks, survey.counters)
    # A sum is in no index of answers, of which databases sometimes think that they are fewer than those set aside.
    place = Response.place_id + 0 if among_aside else Response.place_id
    rows = session.execute(
        select(Response, Verdict.reasons, Place)
        .join(Verdict, Verdict.response_id == Response.id)
        .join(Place, Place.id == place)
        .where(
            IS_SET_ASIDE if among_aside else AMONG_ALL,
            holds(),
            or_(*_below(place, ancestry, place_id, weeks)),
            Response.survey_version_id.in_(survey.counters),
            ~is_blind(Response.survey_version_id),
            # A verdict is never of an earlier week than its answer.
            Verdict.week >= weeks.first,
        )
        # As the index lies, so that no week has to be read whole and put in order for a page of it.
        .order_by(Verdict.week.desc(), Verdict.response_id.desc())
        .limit(per_page)
        .offset(paging.offset)
    )
    return paging.listing(_set_aside_answer(*row) for row in rows)


def _below(
    place: ColumnElement[int] | InstrumentedAttribute[int], ancestry: Ancestry, place_id: int, weeks: Weeks
) -> list[ColumnElement[bool]]:
    """The condition under which a tally of the place counts an answer about `place`: for each run of weeks in which
    the same places lay below it.
    """
    runs: list[tuple[Weeks, frozenset[int]]] = []
    always = not ancestry.changes_between(weeks.first, weeks.last)
    for week in [weeks.first] if always else weeks_from(weeks.first, weeks.last):
        places = ancestry.subtree(place_id, week)
        if runs and runs[-1][1] == places:
            runs[-1] = (Weeks(runs[-1][0].first, week), places)
        else:
            runs.append((Weeks(week, weeks.last if always else week), places))
    return [and_(place.in_(places), Response.week.between(run.first, run.last)) for run, places in runs]


def _number(
    session: Session, place_id: int, weeks: Weeks, versions: Iterable[int] | None, verdict: Decision | None = None
) -> int:
    """How many answers the tallies of a place count."""
    chosen = [Tally.place_id == place_id, Tally.week.between(weeks.first, weeks.last)]
    if versions is not None:
        chosen.append(Tally.survey_version_id.in_(versions))
    if verdict is not None:
        chosen.append(Tally.verdict == verdict.value)
    return session.scalar(select(func.coalesce(func.sum(Tally.responses), 0)).where(*chosen)) or 0


class _Count(NamedTuple):
    """A tally without its counters."""

    place_id: int
    week: date
    channel: str
    verdict: str
    responses: int


def _counts(session: Session, survey: SurveyVersions, places: Iterable[int], weeks: Weeks) -> dict[int, list[_Count]]:
    columns = (getattr(Tally, name) for name in _Count._fields)
    counts: dict[int, list[_Count]] = defaultdict(list)
    for row in session.execute(select(*columns).where(*_chosen(survey, places, weeks))):
        counts[row.place_id].append(_Count(*row))
    return counts


def _chosen(survey: SurveyVersions, places: Iterable[int], weeks: Weeks) -> tuple[ColumnElement[bool], ...]:
    return (
        Tally.place_id.in_(places),
        Tally.survey_version_id.in_(survey.counters),
        Tally.week.between(weeks.first, weeks.last),
    )


def _row(place: Place, cells: Sequence[_Count], mondays: Sequence[date], has_below: bool) -> OverviewRow:
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


def _by_channel(cells: Sequence[_Count]) -> dict[Channel, tuple[int, int]]:
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


def _by_week(cells: Sequence[_Count], mondays: Sequence[date]) -> tuple[WeekCounts, ...]:
    counted: dict[date, Counter[Channel]] = defaultdict(Counter)
    set_aside: Counter[date] = Counter()
    for cell in cells:
        if cell.verdict == Decision.COUNTED:
            counted[cell.week][Channel(cell.channel)] += cell.responses
        else:
            set_aside[cell.week] += cell.responses
    return tuple(WeekCounts(week, counted[week], set_aside[week]) for week in mondays)


def _reasons(session: Session, survey: SurveyVersions, place_id: int, weeks: Weeks) -> dict[str, int]:
    """How often each reason was given; an answer may have several."""
    number = func.sum(ReasonCell.responses)
    rows = session.execute(
        select(ReasonCell.reason, number)
        .where(
            ReasonCell.place_id == place_id,
            ReasonCell.survey_version_id.in_(survey.counters),
            ReasonCell.week.between(weeks.first, weeks.last),
        )
        .group_by(ReasonCell.reason)
        .order_by(number.desc(), ReasonCell.reason)
    )
    return {reason: int(given) for reason, given in rows}


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
