"""The figures of one evidence class in a report."""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.domain.codes.channel import Evidence
from app.domain.figures import wording as say
from app.domain.figures.counters import Part, add
from app.domain.figures.disclosure import (
    OTHER,
    change_between,
    shown_base,
    shown_decided,
    shown_set_aside,
    trend_runs,
    were_chosen,
)
from app.domain.figures.question_figures import (
    QuestionCounts,
    count_question,
    good_share,
    question_figure,
)
from app.domain.figures.report import Label, QuestionFigure, ReasonFigure, SetAsidePanel, Trend, TrendPoint
from app.domain.figures.united.shares import share_with
from app.domain.surveys.main_question import main_question
from app.domain.surveys.survey import QuestionType
from app.services.figures.counting.survey_counters import SurveyCounter
from app.services.figures.release_queries import PublishedRelease

Vectors = Sequence[tuple[int, Sequence[int]]]


class SectionMaker:
    """Makes the figures of some releases of one place and evidence class.

    The questions are those of the newest version among them. Counts of older versions are added where a
    question and its answers were the same; the others are out of fewer responses.
    """

    def __init__(
        self, counters: Mapping[int, SurveyCounter], evidence: Evidence, chosen: Sequence[PublishedRelease]
    ) -> None:
        self._counters = counters
        self._chosen = chosen
        self._at_least = not were_chosen(evidence)
        #: whose questions these are
        self.version_id = max((release.survey_version_id for release in chosen), key=list(counters).index)
        self._definition = counters[self.version_id].definition
        self._parts = counters[self.version_id].layout.parts
        self._vectors = _by_version(chosen)

    def questions(self) -> tuple[QuestionFigure, ...]:
        return tuple(question_figure(self._tally(part, self._vectors), at_least=self._at_least) for part in self._parts)

    def trends(self, history: Sequence[PublishedRelease]) -> tuple[Trend, ...]:
        """The core's scales over all releases, the main question first; one with a single point is no trend."""
        main = self._main()
        core = {question.name for question in self._definition.pages[0].questions}
        parts = [part for part in self._parts if part.question.type is QuestionType.SCALE]
        wanted = [part for part in parts if part is main or part.question.name in core]
        trends = (self._trend(part, history) for part in sorted(wanted, key=lambda part: part is not main))
        return tuple(trend for trend in trends if len(trend.points) > 1)

    def set_aside(self) -> SetAsidePanel:
        """How many of these releases' answers were set aside, why, and what they would change."""
        number = sum(release.set_aside for release in self._chosen)
        reasons: Counter[str] = Counter()
        for release in self._chosen:
            reasons.update(release.reasons)
        named = [ReasonFigure(code, _reason(code), shown_set_aside(reasons[code])) for code in _in_order(reasons)]
        decided = sum(release.decided for release in self._chosen)
        by_people = shown_decided(decided)
        main = self._main()
        if main is None:
            return SetAsidePanel(shown_set_aside(number), tuple(named), decided=by_people)
        aside = [(release.survey_version_id, release.set_aside_vector) for release in self._chosen]
        counted, others = self._tally(main, self._vectors), self._tally(main, aside)
        without = good_share(counted, at_least=self._at_least)
        of_others = good_share(others, at_least=self._at_least)
        how_many = shown_base(others.responses, others.answered) if of_others else shown_set_aside(number)
        including = share_with(without, shown_base(counted.responses, counted.answered), of_others, how_many)
        label = Label(texts=main.question.label)
        return SetAsidePanel(shown_set_aside(number), tuple(named), label, without, including, by_people)

    def _main(self) -> Part | None:
        question = main_question(self._definition)
        return next((part for part in self._parts if part.question is question), None)

    def _trend(self, part: Part, history: Sequence[PublishedRelease]) -> Trend:
        tallies = [self._tally(part, [(release.survey_version_id, release.vector)]) for release in history]
        points, exact = [], []
        for run in trend_runs([each.answered for each in tallies]):
            runs = [history[at] for at in run]
            whole = tallies[run.start] if len(run) == 1 else self._tally(part, _by_version(runs))
            share = good_share(whole, at_least=self._at_least)
            if share is not None:
                first, last = min(each.weeks.first for each in runs), max(each.weeks.last for each in runs)
                points.append(TrendPoint(first, last, shown_base(whole.responses, whole.answered), share))
                exact.append(whole.answered)
        change = change_between(points[-2].share, exact[-2], points[-1].share, exact[-1]) if len(points) > 1 else None
        return Trend(part.question.name, Label(texts=part.question.label), say.GOOD, tuple(points), change)

    def _tally(self, part: Part, vectors: Vectors) -> QuestionCounts:
        """The counts of a part in all versions that ask the same."""
        counted = []
        for version_id, vector in vectors:
            counts = self._counters[version_id].layout.read_same(part, vector)
            if counts is not None:
                counted.append((vector[0], counts))
        return count_question(part, counted)


def _by_version(releases: Sequence[PublishedRelease]) -> Vectors:
    """One vector a version."""
    versions = dict.fromkeys(release.survey_version_id for release in releases)
    return [
        (version, add(release.vector for release in releases if release.survey_version_id == version))
        for version in versions
    ]


def _in_order(reasons: Mapping[str, int]) -> list[str]:
    """The most frequent first, those without a name last."""
    return sorted(reasons, key=lambda code: (code == OTHER, -reasons[code], code))


def _reason(code: str) -> Label:
    return say.OTHER_REASONS if code == OTHER else say.reason_label(code)
