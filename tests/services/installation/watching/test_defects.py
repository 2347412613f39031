from app.domain.problem import Problem
from app.services.installation.start_checks import NO_TABLES
from app.services.installation.watching.defects import Defect, Subject, Weight


def test_a_problem_is_a_defect_with_its_code_and_sentence() -> None:
    found = Defect.of(Problem(NO_TABLES), Weight.MEND)
    assert found == Defect("start.no_tables", NO_TABLES.message, Weight.MEND)


def test_the_time_is_that_of_the_clock_that_was_read(subject: Subject) -> None:
    assert subject.now == subject.reading.at
