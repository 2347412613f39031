"""Questions of every type as figures."""

from dataclasses import replace
from typing import Any

from app.domain.codes.channel import Evidence
from app.domain.figures import shown
from app.domain.figures import wording as say
from app.domain.figures.counters import CounterLayout
from app.domain.figures.question_figures import count_question, question_figure, with_words
from app.domain.figures.report import EvidenceSection, Headline, QuestionFigure, ShareKind, Trend
from app.domain.figures.report_marks import HeadlineLabel
from app.domain.surveys.reading import SurveyReading
from app.domain.surveys.survey import SurveyDefinition
from tests.factories import definition, question

ROWS = [{"name": "water", "label": {"hi": "पानी", "en": "Water"}}]
SURVEY = definition(
    [
        question("respect", "scale"),
        question("overall", "scale"),
        question("change", "select_multiple", "speed", "manner"),
        question("amenities", "grid", rows=ROWS),
        question("wait", "integer"),
        question("comment", "text"),
    ]
)


def figures(*responses: dict[str, Any], survey: SurveyDefinition = SURVEY) -> dict[str, QuestionFigure]:
    layout = CounterLayout(survey)
    vector = layout.count(responses)
    return {
        part.question.name: question_figure(count_question(part, [(vector[0], counts)]), at_least=False)
        for part, counts in layout.read(vector)
    }


def said(figure: QuestionFigure) -> dict[str, str]:
    return {cell.name: cell.share.words.text() for cell in figure.cells}


def test_a_scale_is_said_in_three_groups_and_in_five_steps_where_ten_gave_each() -> None:
    few = figures(*[{"overall": 5}] * 20, *[{"overall": 2}] * 20)["overall"]
    assert (list(said(few)), few.detail) == (["good", "middle", "poor"], ())
    many = figures(*({"overall": 1 + at % 5} for at in range(60)))["overall"]
    assert [cell.name for cell in many.detail] == ["5", "4", "3", "2", "1"]
    assert many.detail[0].label.text("en") == "Very good"


def test_of_several_answers_each_stands_alone() -> None:
    figure = figures(*[{"change": ["speed", "manner"]}] * 20, *[{"change": ["speed"]}] * 20)["change"]
    assert figure.several
    assert said(figure)["speed"] == "more than 75 in 100"
    assert said(figure)["manner"].startswith("about 50 in 100")


def test_numbers_are_said_in_ranges() -> None:
    figure = figures(*[{"wait": 15}] * 30, *[{"wait": 2000}] * 20, *[{"wait": -3}] * 10)["wait"]
    told = {cell.name: cell.label.text("en") for cell in figure.cells if cell.share.kind is ShareKind.ABOUT}
    assert told == {"10": "from 10 to less than 20", "1000": "1000 or more"}
    assert figure.cells[0].label.text("en") == "below 0"
    # The empty ranges add up to fewer than ten, so the smallest of the others is withheld with them.
    assert figure.cells[0].share.kind is ShareKind.WITHHELD


def test_rows_of_a_grid_and_texts() -> None:
    made = figures(*[{"amenities": {"water": 4}, "comment": "ठीक"}] * 40)
    assert made["amenities"].row_label is not None
    assert made["amenities"].row_label.text("hi") == "पानी"
    assert said(made["amenities"])["good"] == "more than 75 in 100"
    assert (made["comment"].cells, made["comment"].notice) == ((), say.ONLY_COUNTED)
    assert made["wait"].notice == say.NO_SHARES_YET


def test_a_section_gets_the_words_of_the_main_question_and_of_no_other() -> None:
    section = EvidenceSection(Evidence.OPEN, say.HEADINGS[Evidence.OPEN], say.SAID_BY_CHOOSERS, shown.answers(40), 1)
    words = {"en": "were satisfied"}
    assert with_words(section, SURVEY, SurveyReading({}, {"overall": words})).said == words
    assert with_words(section, SURVEY, SurveyReading({}, {"respect": words})).said is None
    assert with_words(section, SURVEY, SurveyReading({}, {})) is section


def test_good_answers_are_called_by_their_words_wherever_they_are_named() -> None:
    made = figures(*[{"respect": 4, "overall": 5, "change": ["speed"]}] * 40)
    bare = EvidenceSection(Evidence.INVITED, say.HEADINGS[Evidence.INVITED], say.SAID_BY_CHOSEN, shown.answers(40), 1)
    share = shown.above(75, at_least=False)
    section = replace(
        bare,
        questions=tuple(made.values()),
        trends=tuple(Trend(name, made[name].label, say.GOOD, ()) for name in ("overall", "respect")),
        headline=Headline(made["overall"].label, say.GOOD, share, HeadlineLabel((), 40, 3, None)),
    )
    named = with_words(section, SURVEY, SurveyReading({}, {"overall": {"en": "were satisfied"}}))
    calls = {(figure.name, cell.name): cell.label.text("en") for figure in named.questions for cell in figure.cells}
    assert calls["overall", "good"] == "people were satisfied"
    assert calls["overall", "middle"] == "in between"
    assert calls["respect", "good"] == "good (the two best answers)"
    assert [trend.answer.text("en") for trend in named.trends] == ["people were satisfied", calls["respect", "good"]]
    assert named.headline is not None
    assert named.headline.answer.text("en") == "people were satisfied"


def test_a_choice_says_which_of_its_answers_are_good() -> None:
    survey = definition([question("respect", "scale"), question("money", "select_one", "no", "hinted", "asked")])
    made = figures(*[{"respect": 4, "money": "no"}] * 40, survey=survey)
    bare = EvidenceSection(Evidence.OPEN, say.HEADINGS[Evidence.OPEN], say.SAID_BY_CHOOSERS, shown.answers(40), 1)
    section = replace(bare, questions=tuple(made.values()))
    one, several = SurveyReading({"money": ("no",)}, {}), SurveyReading({"money": ("no", "hinted")}, {})
    assert [figure.good for figure in with_words(section, survey, one).questions] == [("good",), ("no",)]
    assert [figure.good for figure in with_words(section, survey, several).questions] == [("good",), ("no", "hinted")]
