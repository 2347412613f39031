"""What a reader takes in first: the main figure, whether it moved, what people want, money and pressure."""

from dataclasses import replace

from app.domain.codes.channel import Evidence
from app.domain.figures import wording as say
from app.domain.figures.highlights.standing import standing_of
from app.domain.figures.report import EvidenceSection, Headline
from app.domain.figures.report_marks import HeadlineLabel
from tests.factories.figures.reports import label, make_question, make_report, make_section


def named(section: EvidenceSection, **names: int) -> EvidenceSection:
    """The same with some of its questions under these names."""
    known = {at: name for name, at in names.items()}
    figures = (replace(figure, name=known.get(at, figure.name)) for at, figure in enumerate(section.questions))
    return replace(section, questions=tuple(figures))


def test_the_main_question_first_with_its_line() -> None:
    section = make_section(questions=6)
    standing = standing_of(make_report(section))
    assert standing is not None
    assert section.set_aside is not None
    assert standing.main == section.questions[4]
    assert standing.share == section.set_aside.without
    assert standing.trend == section.trends[0]
    assert (standing.compared, standing.areas, standing.beside) == ((), (), None)


def test_wishes_most_first_and_safety_whatever_else_stands_out() -> None:
    section = named(make_section(questions=8), change=1, extra_money=2, watched=3, pressure=0)
    standing = standing_of(make_report(section))
    assert standing is not None
    assert [cell.share.percent for cell in standing.wished] == sorted(
        (cell.share.percent for cell in section.questions[1].cells), key=lambda percent: -(percent or 0)
    )
    assert [figure.name for figure in standing.safety] == ["pressure", "extra_money", "watched"]
    assert {"change", "extra_money", "watched", "pressure", "q4"} == standing.names


def test_what_may_be_called_the_places_own_comes_before_what_people_chose_to_say() -> None:
    open_ = make_section(Evidence.OPEN)
    invited = replace(
        make_section(Evidence.INVITED),
        responses=replace(open_.responses, number=30),
        headline=Headline(label("क", "A"), say.GOOD, open_.set_aside.without, HeadlineLabel((), 40, 3, None)),  # type: ignore[union-attr, arg-type]
    )
    standing = standing_of(make_report(open_, invited))
    assert standing is not None
    assert standing.section.evidence is Evidence.INVITED
    many = replace(make_section(Evidence.KIOSK), responses=replace(open_.responses, number=500))
    largest = standing_of(make_report(open_, many))
    assert largest is not None
    assert largest.section.evidence is Evidence.KIOSK


def test_without_figures_there_is_none() -> None:
    assert standing_of(make_report()) is None
    empty = replace(make_section(), notice=say.NO_RELEASE_IN_PERIOD, questions=(), trends=(), set_aside=None)
    assert standing_of(make_report(empty)) is None


def test_a_questionnaire_without_a_scale_has_no_main_question() -> None:
    section = make_section(questions=3)
    assert section.set_aside is not None
    bare = replace(section, set_aside=replace(section.set_aside, question=None, without=None), trends=())
    standing = standing_of(make_report(replace(bare, questions=(make_question(0),))))
    assert standing is not None
    assert (standing.main, standing.share, standing.trend, standing.moved) == (None, None, None, None)
