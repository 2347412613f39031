"""Which topics go together with satisfaction more than topics do. No rank, and no cause.

Whoever is content finds everything better, and strata leave some of that, so a difference above nought means nothing.
A topic is named if its difference lies above the mean of all that were looked at by more than chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

from app.domain.figures import disclosure
from app.domain.figures.drivers.joint import FEWEST_TOPICS, JointLayout, Table, Topic
from app.domain.figures.drivers.stratified import Estimate, risk_difference, with_both
from app.domain.figures.report import Driver, Drivers, Label
from app.domain.figures.statistics import Z, discoveries

NOTHING_YET = Drivers((), 0)


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A topic of which enough may be told, with its exact difference: never shown."""

    topic: Topic
    estimate: Estimate


def drivers_of(layout: JointLayout, vector: Sequence[int]) -> Drivers:
    """The topics that stand out, in the order of the questionnaire; `looked_at` is nought where nothing may be said."""
    looked_at = looked_at_in(layout, vector)
    if len(looked_at) < FEWEST_TOPICS:
        return NOTHING_YET
    named = standing_out([one.estimate for one in looked_at])
    return Drivers(tuple(_driver(looked_at[at]) for at in named), len(looked_at))


def looked_at_in(layout: JointLayout, vector: Sequence[int]) -> list[LookedAt]:
    """The topics of which `disclosure` lets anything be told."""
    found = ((topic, tables, risk_difference(tables)) for topic, tables in layout.read(vector))
    return [
        LookedAt(topic, estimate)
        for topic, tables, estimate in found
        if estimate is not None and disclosure.may_look_at(sum(_pooled(tables)), _pooled(with_both(tables)))
    ]


def standing_out(estimates: Sequence[Estimate]) -> list[int]:
    """Which of these lie above their mean by more than chance, and above nought as well."""
    mean = sum(one.difference for one in estimates) / len(estimates)
    believed = discoveries([_chance_above(one, mean) for one in estimates])
    return [
        at
        for at, (one, is_believed) in enumerate(zip(estimates, believed, strict=True))
        if is_believed and one.difference > Z * one.spread
    ]


def _chance_above(estimate: Estimate, mean: float) -> float:
    """How often, of 1, chance alone sets it so far above."""
    # People of one stratum who found it alike all said the same: what chance would do cannot be known.
    if not estimate.variance:
        return 1.0
    return erfc((estimate.difference - mean) / (sqrt(2) * estimate.spread)) / 2


def _pooled(tables: Sequence[Table]) -> tuple[int, ...]:
    return (
        sum(table.good_satisfied for table in tables),
        sum(table.good_not for table in tables),
        sum(table.poor_satisfied for table in tables),
        sum(table.poor_not for table in tables),
    )


def _driver(one: LookedAt) -> Driver:
    question, row = one.topic.part.question, one.topic.part.row
    return Driver(
        name=question.name,
        label=Label(texts=question.label),
        difference=disclosure.driver_difference(one.estimate.difference, Z * one.estimate.spread),
        row=row.name if row else None,
        row_label=Label(texts=row.label) if row else None,
    )
