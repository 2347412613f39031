"""A survey with topics, answers to it, and how they go together with satisfaction: reckoned from raw rows."""

import json
from collections.abc import Callable, Collection, Iterable
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.figures.drivers.joint import JointLayout, Table
from app.domain.surveys.reading import SurveyReading
from app.models import Release, ReleaseMember, ReleasePart, Response, Verdict
from tests.factories.surveys.surveys import definition, question

ROWS = [{"name": "water", "label": {"hi": "पानी", "en": "Water"}}]
TOPICS = definition(
    [
        question("overall", "scale"),
        question("heard", "scale"),
        question("money", "select_one", "no", "hinted", "asked"),
        question("comment", "text"),
    ],
    [question("amenities", "grid", rows=ROWS)],
)
READING = SurveyReading({"money": ("no",)}, {})
LAYOUT = JointLayout(TOPICS, READING)

#: by whether it found a topic good, and was satisfied; of each stratum
Tables = dict[tuple[str, str], list[dict[tuple[bool, bool], int]]]


def visits(dice: Random, number: int) -> list[dict[str, Any]]:
    """Answers in which here and there something is missing."""
    every: dict[str, Callable[[], Any]] = {
        "overall": lambda: dice.choice([1, 3, 4, 5]),
        "heard": lambda: dice.choice([1, 2, 4, 5]),
        "money": lambda: dice.choice(["no", "hinted", "asked"]),
        "amenities": lambda: {"water": dice.choice([1, 5])},
    }
    return [{name: make() for name, make in every.items() if dice.random() < 0.9} for _ in range(number)]


def reckoned(session: Session, release_ids: Iterable[int], verdicts: dict[UUID, str] | None = None) -> Tables:
    """Of all counted answers in these releases. `verdicts` are those that held when they were published."""
    blocks: list[int] = []
    for id_ in release_ids:
        parts = session.scalars(select(ReleasePart.release_id).where(ReleasePart.parent_release_id == id_)).all()
        blocks += parts or [id_]
    if verdicts is None:
        verdicts = dict(session.execute(select(Verdict.response_id, Verdict.verdict)).all())
    members = select(ReleaseMember.response_id).where(ReleaseMember.release_id.in_(blocks))
    rows = session.execute(select(Response.id, Response.answers).where(Response.id.in_(members)))
    return by_hand([json.loads(answers) for id_, answers in rows if verdicts[id_] == "counted"])


def by_hand(answers: Collection[dict[str, Any]]) -> Tables:
    none = {(good, satisfied): 0 for good in (True, False) for satisfied in (True, False)}
    topics = (("heard", ""), ("money", ""), ("amenities", "water"))
    found: Tables = {topic: [dict(none) for _ in range(4)] for topic in topics}
    for each in answers:
        good = {}
        if "heard" in each:
            good["heard", ""] = each["heard"] >= 4
        if "money" in each:
            good["money", ""] = each["money"] == "no"
        if "amenities" in each:
            good["amenities", "water"] = each["amenities"]["water"] >= 4
        for topic, is_good in good.items():
            others = [value for other, value in good.items() if other != topic]
            if others and "overall" in each:
                # A quarter, a half, three quarters: of one other or of two.
                stratum = {0: 0, 0.5: 2, 1: 3}[sum(others) / len(others)]
                found[topic][stratum][is_good, each["overall"] >= 4] += 1
    return found


def told(vector: Iterable[int], layout: JointLayout = LAYOUT) -> Tables:
    """The same of a vector."""
    return {topic.key: [cells(table) for table in tables] for topic, tables in layout.read(list(vector))}


def cells(table: Table) -> dict[tuple[bool, bool], int]:
    return {
        (True, True): table.good_satisfied,
        (True, False): table.good_not,
        (False, True): table.poor_satisfied,
        (False, False): table.poor_not,
    }


def all_releases(session: Session) -> list[int]:
    return list(session.scalars(select(Release.id).where(Release.number > 0).order_by(Release.id)))
