import pytest

from app.domain.addresses import parts_of


@pytest.mark.parametrize("address", ["http://[", "https://]", "http://a]b", "http://[::1", "http://a:b", "//a:99999"])
def test_what_cannot_be_taken_apart_is_none(address: str) -> None:
    assert parts_of(address) is None


def test_an_address_has_its_parts() -> None:
    parts = parts_of("https://samvad.example:8443/s/A?b=c#d")
    assert parts is not None
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "samvad.example:8443", "/s/A")
