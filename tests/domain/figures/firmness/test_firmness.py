from dataclasses import replace

import pytest

from app.domain.codes.channel import Evidence
from app.domain.figures import shown
from app.domain.figures.firmness.firmness import Firmness, firmness_of
from app.domain.figures.report import EvidenceSection, Share
from tests.factories.figures.reports import make_section


def section(evidence: Evidence, *points: int, main: Share | None = None, people: int | None = 60) -> EvidenceSection:
    """Of which the main line has these points and the main figure is this."""
    made = make_section(evidence, questions=6)
    assert made.set_aside is not None
    line = made.trends[0]
    drawn = tuple(
        replace(line.points[0], share=shown.about(percent, percent - 10, percent + 10, at_least=True))
        for percent in points
    )
    base = shown.people(people)
    return replace(
        made,
        trends=(replace(line, points=drawn), *made.trends[1:]),
        set_aside=replace(made.set_aside, without=main or shown.about(62, 50, 74, at_least=True)),
        questions=tuple(replace(figure, base=base) for figure in made.questions),
    )


def test_beside_what_people_chose_to_say_stands_the_middle_of_the_line() -> None:
    assert firmness_of(section(Evidence.OPEN, 60, 55, 95, 60, 65)) == Firmness(60, 5, 15)
    assert firmness_of(section(Evidence.OPEN, 60, 55, 95, 60)).middle is None


@pytest.mark.parametrize("evidence", [Evidence.INVITED, Evidence.SAMPLED])
def test_where_somebody_else_chose_whom_to_ask_the_plain_figure_is_enough(evidence: Evidence) -> None:
    assert firmness_of(section(evidence, 60, 55, 95, 60, 65)).middle is None


@pytest.mark.parametrize(
    ("main", "people", "number"),
    [
        (shown.about(62, 50, 74, at_least=True), 60, 15),
        (shown.about(50, 40, 60, at_least=True), 60, None),
        (shown.below(5, at_least=True), 60, None),
        (shown.about(62, 50, 74, at_least=True), None, None),
    ],
)
def test_how_many_answers_would_turn_it_is_reckoned_from_what_is_shown(
    main: Share, people: int | None, number: int | None
) -> None:
    assert firmness_of(section(Evidence.HANDED, main=main, people=people)).turning == number


def test_of_at_least_so_many_people_it_takes_at_least_so_many_answers() -> None:
    made = section(Evidence.OPEN)
    base = shown.people(60, floor=True)
    floored = replace(made, questions=tuple(replace(figure, base=base) for figure in made.questions))
    assert [words.text() for words in firmness_of(floored).words] == [
        "At least 15 answers more or fewer would turn it to the other side of 50 in 100."
    ]


def test_it_is_said_in_words_or_not_at_all() -> None:
    said = [words.text() for words in firmness_of(section(Evidence.OPEN, 60, 55, 95, 60, 65)).words]
    assert said == [
        "Of 5 points over time the middle one is about 60 in 100. A crowd of answers in a few weeks hardly moves it.",
        "About 15 answers more or fewer would turn it to the other side of 50 in 100.",
    ]
    assert Firmness().words == ()
