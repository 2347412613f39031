import pytest

from app.domain.installation.department import HelplineLine, canonical_host, parse_helplines
from app.domain.problem import Problem


@pytest.mark.parametrize("host", ["samvad.example.in", "samvad.example.in:8443", "localhost:8000"])
def test_hosts(host: str) -> None:
    assert canonical_host(f" {host.upper()} ") == host


@pytest.mark.parametrize(
    "text", ["https://x.in", "x.in/", "a b.in", "x..in", "-x.in", "x.in:0", "u@x.in", "x.in\n.in", ""]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Problem) as refused:
        canonical_host(text)
    assert refused.value.code == "department.host_invalid"


def test_helplines_take_digits_as_people_write_them() -> None:
    assert parse_helplines("आपातकाल | Emergency | ११२\n\nमहिला | Women | 1090") == (
        HelplineLine("आपातकाल", "Emergency", "112"),
        HelplineLine("महिला", "Women", "1090"),
    )


def test_the_wrong_line_is_named() -> None:
    with pytest.raises(Problem) as refused:
        parse_helplines("आपातकाल | Emergency | 112\nनहीं | No | call us")
    assert refused.value.details == {"line": 2}
