import pytest

from app.domain.installation.helplines import COUNTRY_HELPLINES, HelplineLine, parse_helplines, require_all_ticked
from app.domain.problem import Problem


def test_helplines_take_digits_as_people_write_them() -> None:
    assert parse_helplines("आपातकाल | Emergency | ११२\n\nमहिला | Women | 1090") == (
        HelplineLine("आपातकाल", "Emergency", "112"),
        HelplineLine("महिला", "Women", "1090"),
    )


def test_the_wrong_line_is_named() -> None:
    with pytest.raises(Problem) as refused:
        parse_helplines("आपातकाल | Emergency | 112\nनहीं | No | call us")
    assert refused.value.details == {"line": 2}


def test_a_department_begins_with_the_numbers_of_the_country() -> None:
    lines = "\n".join(f"{line.label_hi} | {line.label_en} | {line.number}" for line in COUNTRY_HELPLINES)
    assert parse_helplines(lines) == COUNTRY_HELPLINES
    assert [line.number for line in COUNTRY_HELPLINES] == ["112", "181", "1098", "1930", "15100"]


@pytest.mark.parametrize("ticked", [[], ["112"], ["112", "181", "1098", "1930", "15100", "100"]])
def test_each_number_is_ticked_or_none_is_confirmed(ticked: list[str]) -> None:
    with pytest.raises(Problem, match=r"helplines_not_all"):
        require_all_ticked(COUNTRY_HELPLINES, ticked)
    with pytest.raises(Problem, match=r"helplines_not_all"):
        require_all_ticked((), ticked)
    require_all_ticked(COUNTRY_HELPLINES, [line.number for line in COUNTRY_HELPLINES])
