"""The lines of an edition in each of the tables by year, out of its document and nothing besides."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.domain.codes.channel import Evidence
from app.domain.dialogue.open_data.columns import INCLUDING, TOGETHER, WHOLE, WITHOUT
from app.domain.dialogue.open_data.tables import FIGURES, REASONS, SECTIONS, TRENDS
from app.domain.figures.disclosure import were_chosen
from app.domain.figures.editions.rounds import RoundResultsJson
from app.domain.figures.editions.stored import BaseJson, EditionJson, QuestionJson, SectionJson, ShareJson, TrendJson

#: what stands in a cell; None is not told
Value = str | int | None
Line = tuple[Value, ...]
#: the name of the main question of a survey's version, by slug and number
MainQuestion = Callable[[str, int], str | None]
_UNTOLD = (None,) * 5


@dataclass(frozen=True, slots=True)
class _Head:
    """What every line of a section begins and ends with."""

    place: str
    edition: str
    survey: str
    section: SectionJson
    digest: str

    @property
    def key(self) -> Line:
        """With the version, which the reasons of a section do without."""
        return self.place, self.edition, self.survey, self.section["version"], self.section["evidence"]

    @property
    def weeks(self) -> Line:
        return self.section["first_week"], self.section["last_week"]

    @property
    def end(self) -> Line:
        return _yes_or_no(not were_chosen(Evidence(self.section["evidence"]))), self.digest


class EditionLines:
    """The lines of one place's editions of a year, read in the order of their days."""

    def __init__(self, place: str, main_question: MainQuestion) -> None:
        """`place` is what its page is called."""
        self._place = place
        self._main_question = main_question
        self._told: dict[Line, Line] = {}

    def of(self, document: EditionJson, digest: str) -> dict[str, list[Line]]:
        """By the table's name, in the order of the document."""
        lines: dict[str, list[Line]] = {table.name: [] for table in (FIGURES, SECTIONS, REASONS, TRENDS)}
        for survey in document["surveys"]:
            for section in survey["sections"]:
                head = _Head(self._place, document["due_on"], survey["slug"], section, digest)
                main = self._main_question(survey["slug"], section["version"])
                lines[FIGURES.name] += _figures(head, main)
                lines[SECTIONS.name].append(_section(head))
                lines[REASONS.name] += _reasons(head)
                lines[TRENDS.name] += self._trends(head)
        return lines

    def _trends(self, head: _Head) -> Iterator[Line]:
        """A year of editions tells each point again and again; it is written when it is told anew."""
        for trend in head.section["trends"]:
            for weeks, told in _points(trend):
                which = (head.survey, head.section["evidence"], trend["question"], *weeks)
                told = (head.section["version"], *told)
                if self._told.get(which) != told:
                    self._told[which] = told
                    yield (*head.key, trend["question"], *weeks, *told[1:], *head.end)


def round_lines(number: int, document: RoundResultsJson, digest: str) -> Iterator[Line]:
    """What came of a poll or quiz; without the right answers, which are in its document."""
    announced = document["announced"]
    for section in document["sections"]:
        for _, _, *line in _figures(_Head("", "", announced["survey"], section, digest), None):
            yield number, *line


def quoted_lines(share: ShareJson, base: BaseJson) -> Line:
    """A figure that is quoted, in the columns of a share and of how many answered."""
    return *_share(share), *_base(base)


def _figures(head: _Head, main: str | None) -> Iterator[Line]:
    for figure in head.section["questions"]:
        for answer, share in _answers(figure):
            yield _figure(head, (figure["name"], figure["row"] or "", answer), _share(share), _base(figure["base"]))
    aside = head.section["set_aside"]
    for answer, share in ((WITHOUT, aside["without"]), (INCLUDING, aside["including"])) if aside and main else ():
        if share is not None:
            yield _figure(head, (main, "", answer), _share(share), (None, None))


def _figure(head: _Head, which: Line, share: Line, base: Line) -> Line:
    return (*head.key, *head.weeks, *which, *share, *base, *head.end)


def _answers(figure: QuestionJson) -> Iterator[tuple[str, ShareJson | None]]:
    for cell in (*figure["cells"], *figure["detail"]):
        yield cell["name"], cell["share"]
    if figure["together"] is not None:
        yield TOGETHER, figure["together"]
    if not figure["cells"]:
        yield WHOLE, None


def _section(head: _Head) -> Line:
    section = head.section
    aside, firmness, label = section["set_aside"], section.get("firmness"), section.get("label")
    all_ = label.get("of_all") if label else None
    turning = firmness["turning"] if firmness else None
    kind = "at_least" if firmness and firmness["at_least"] else "about"
    return (
        *head.key,
        *head.weeks,
        section["responses"],
        aside["number"] if aside else None,
        aside.get("decided") if aside else None,
        firmness["middle"] if firmness else None,
        firmness["points"] if firmness and firmness["middle"] is not None else None,
        turning,
        None if turning is None else kind,
        _yes_or_no(label is not None),
        " ".join(label["reasons"]) or None if label else None,
        label["answers"] if label else None,
        label["false"] if label else None,
        label.get("low") if label else None,
        label.get("high") if label else None,
        *((all_["percent"], all_["low"], all_["high"]) if all_ else (None, None, None)),
        *head.end,
    )


def _reasons(head: _Head) -> Iterator[Line]:
    aside = head.section["set_aside"]
    for reason in aside["reasons"] if aside else ():
        place, edition, survey, _, evidence = head.key
        yield place, edition, survey, evidence, reason["code"], reason["number"], head.digest


def _points(trend: TrendJson) -> Iterator[tuple[Line, Line]]:
    """The weeks of each point, and what is told of it; of the newest how much it has changed as well."""
    for at, point in enumerate(trend["points"], 1):
        change = trend["change"] if at == len(trend["points"]) else None
        changed = (change["points"], change["low"], change["high"]) if change else (None, None, None)
        weeks = point["first_week"], point["last_week"]
        yield weeks, (*_share(point["share"]), *_base(point["base"]), *changed)


def _share(share: ShareJson | None) -> Line:
    if share is None:
        return _UNTOLD
    return share["kind"], share.get("percent"), share.get("low"), share.get("high"), share.get("bound")


def _base(base: BaseJson) -> Line:
    """Of fewer than ten neither number nor kind: there is none to be near to."""
    return (None, None) if base["number"] is None else (base["kind"], base["number"])


def _yes_or_no(value: bool) -> str:
    """As Table Schema writes it, and as quickly as any text."""
    return "true" if value else "false"
