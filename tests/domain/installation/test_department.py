import pytest

from app.domain.installation.department import canonical_host
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
