"""The shape of an edition's document: what is written once and read for good."""

from typing import NotRequired, TypedDict


class ShareJson(TypedDict):
    """`about` has percent, low and high; `between` low and high; `below` and `above` have bound."""

    kind: str
    percent: NotRequired[int]
    low: NotRequired[int]
    high: NotRequired[int]
    bound: NotRequired[int]


class BaseJson(TypedDict):
    """How many answered, `about` or `at_least`; null is fewer than ten."""

    kind: str
    number: int | None


class CellJson(TypedDict):
    name: str
    share: ShareJson


class QuestionJson(TypedDict):
    name: str
    row: str | None
    base: BaseJson
    cells: list[CellJson]
    detail: list[CellJson]
    together: ShareJson | None
    notice: str | None


class PointJson(TypedDict):
    first_week: str
    last_week: str
    base: BaseJson
    share: ShareJson


class ChangeJson(TypedDict):
    points: int
    low: int
    high: int


class TrendJson(TypedDict):
    question: str
    points: list[PointJson]
    change: ChangeJson | None


class ReasonJson(TypedDict):
    code: str
    number: int | None


class SetAsideJson(TypedDict):
    """`decided` is about how many answers a person decided; left out below ten, and before it was kept."""

    number: int | None
    reasons: list[ReasonJson]
    without: ShareJson | None
    including: ShareJson | None
    decided: NotRequired[int]


class DriverJson(TypedDict):
    """A question, or a row of a grid, and by how many in 100 more people were satisfied who found it good."""

    name: str
    row: str | None
    points: int
    low: int
    high: int


class DriversJson(TypedDict):
    looked_at: int
    named: list[DriverJson]


class FirmnessJson(TypedDict):
    """Of the main question: the middle of so many points in 100, and how many answers would turn it over one half, or
    at least so many.
    """

    middle: int | None
    points: int
    turning: int | None
    at_least: bool


class OfAllJson(TypedDict):
    percent: int
    low: int
    high: int


class LabelJson(TypedDict):
    """What holds against the headline, by codes; and its limits in 100 if up to `false` of its answers were false.

    `of_all` is the share of all who were drawn, where some of the silent were asked.
    """

    reasons: list[str]
    answers: int
    false: int
    low: NotRequired[int]
    high: NotRequired[int]
    of_all: NotRequired[OfAllJson]


class SectionJson(TypedDict):
    """One evidence class; `releases` are the digests of what it is made of.

    Without `drivers` where nothing was looked at: of stations always, and in what was kept before there were any.
    Without `firmness` where nothing is said of it; it follows from the rest, and is there for who reads no code.
    Without `label` where the main figure is no headline.
    """

    evidence: str
    version: int
    first_week: str
    last_week: str
    responses: int | None
    releases: list[str]
    questions: list[QuestionJson]
    trends: list[TrendJson]
    set_aside: SetAsideJson | None
    drivers: NotRequired[DriversJson]
    firmness: NotRequired[FirmnessJson]
    label: NotRequired[LabelJson]


class SurveyJson(TypedDict):
    slug: str
    sections: list[SectionJson]


class EditionJson(TypedDict):
    schema: int
    policy: int
    place: str
    due_on: str
    number: int
    previous: str | None
    replaces: str | None
    surveys: list[SurveyJson]
