"""What people said, as a commitment quotes it: a figure of an edition, copied out of its document and never typed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from app.domain.codes.channel import Evidence
from app.domain.figures import wording as say
from app.domain.figures.comparison import change_from
from app.domain.figures.disclosure import were_chosen
from app.domain.figures.editions.reader import read_base, read_share
from app.domain.figures.editions.stored import BaseJson, EditionJson, SectionJson, ShareJson
from app.domain.figures.question_figures import cell_label
from app.domain.figures.report import Change, Label, Share, ShareKind, ShownCount
from app.domain.sentence import Sentence
from app.domain.surveys.survey import SurveyDefinition


@dataclass(frozen=True, slots=True)
class Figure:
    """Which figure of an edition: one answer to one question, or to a row of a grid, of one class of answers."""

    survey: str
    evidence: str
    question: str
    row: str | None
    answer: str


class QuoteJson(TypedDict):
    """A figure as it stood in an edition, and of which version of the questions and which weeks it was."""

    version: int
    first_week: str
    last_week: str
    base: BaseJson
    share: ShareJson


@dataclass(frozen=True, slots=True)
class Quote:
    """A figure with its words, as they are said today."""

    question: Label
    row: Label | None
    answer: Label
    heading: Sentence
    base: ShownCount
    share: Share
    version: int
    first_week: date
    last_week: date


def quotable(document: EditionJson) -> Iterator[tuple[Figure, QuoteJson]]:
    """Every figure of an edition that says anything by itself, in its order."""
    for survey in document["surveys"]:
        for section in survey["sections"]:
            for question in section["questions"]:
                for cell in question["cells"]:
                    if cell["share"]["kind"] != ShareKind.WITHHELD.value:
                        names = question["name"], question["row"], cell["name"]
                        yield (
                            Figure(survey["slug"], section["evidence"], *names),
                            _copied(section, question["base"], cell["share"]),
                        )


def _copied(section: SectionJson, base: BaseJson, share: ShareJson) -> QuoteJson:
    return {
        "version": section["version"],
        "first_week": section["first_week"],
        "last_week": section["last_week"],
        "base": base,
        "share": share,
    }


def quote_of(document: EditionJson, figure: Figure) -> QuoteJson | None:
    """A figure as it stands in an edition; None where it has none, or tells nothing of it."""
    return next((quote for one, quote in quotable(document) if one == figure), None)


def read_quote(figure: Figure, quote: QuoteJson, definition: SurveyDefinition) -> Quote:
    """With its words; `definition` is that of the version that it names."""
    evidence = Evidence(figure.evidence)
    question = definition.question(figure.question)
    row = next((row for row in question.rows if row.name == figure.row), None)
    return Quote(
        question=Label(texts=question.label),
        row=Label(texts=row.label) if row else None,
        answer=cell_label(question, figure.answer),
        heading=say.HEADINGS[evidence],
        base=read_base(quote["base"]),
        share=read_share(quote["share"], at_least=not were_chosen(evidence)),
        version=quote["version"],
        first_week=date.fromisoformat(quote["first_week"]),
        last_week=date.fromisoformat(quote["last_week"]),
    )


def changed_since(then: Quote, now: Quote) -> Change | None:
    """How a figure moved; None where it may not be said: another wording, times that share weeks, too few people."""
    if then.version != now.version or now.first_week <= then.last_week:
        return None
    return change_from(then.share, then.base, now.share, now.base)
