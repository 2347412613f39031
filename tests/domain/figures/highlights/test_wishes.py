from app.domain.codes.channel import Evidence
from app.domain.figures import shown
from app.domain.figures import wording as say
from app.domain.figures.highlights.wishes import most_first, wishes_of
from app.domain.figures.report import CellFigure, EvidenceSection, Label, QuestionFigure, Share


def cell(name: str, share: Share) -> CellFigure:
    return CellFigure(name, Label(texts={"en": name}), share)


CELLS = (
    cell("few", shown.below(5, at_least=True)),
    cell("some", shown.about(20, 15, 26, at_least=True)),
    cell("nothing", shown.about(60, 53, 66, at_least=True)),
    cell("most", shown.about(40, 34, 46, at_least=True)),
    cell("nearly all", shown.above(95, at_least=True)),
)


def test_most_first_and_what_is_no_wish_last() -> None:
    assert [one.name for one in most_first(CELLS)] == ["nearly all", "most", "some", "few", "nothing"]


def section(*figures: QuestionFigure) -> EvidenceSection:
    heading = say.HEADINGS[Evidence.OPEN]
    return EvidenceSection(Evidence.OPEN, heading, say.SAID_BY_CHOOSERS, shown.answers(40), 1, questions=figures)


def test_only_where_it_was_asked_and_may_be_told() -> None:
    base = {
        "type": "select_multiple",
        "label": Label(texts={"en": "What should change here?"}),
        "base": shown.people(40),
    }
    asked = QuestionFigure("change", **base, cells=CELLS)  # type: ignore[arg-type]
    assert wishes_of(section(asked)) == asked
    assert wishes_of(section(QuestionFigure("change", **base))) is None  # type: ignore[arg-type]
    assert wishes_of(section()) is None
