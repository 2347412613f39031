"""The host of a request: whatever it is, no answer leads there."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("path", ["/office", "/s", "/office//", "//office", "/s?lang=en"])
@pytest.mark.parametrize("host", ["evil.example", "evil.example:8443", "127.0.0.1"])
def test_a_way_on_names_no_host(client: FlaskClient, path: str, host: str) -> None:
    answer = client.get(
        "/",
        environ_overrides={
            "HTTP_HOST": host,
            "PATH_INFO": path.partition("?")[0],
            "QUERY_STRING": path.partition("?")[2],
        },
    )
    if answer.location is not None:
        assert answer.status_code == 308
        assert answer.location.startswith("/")
        assert not answer.location.startswith("//")
        assert host not in answer.text


def test_a_way_on_keeps_what_was_asked(client: FlaskClient) -> None:
    assert client.get("/s?lang=en", headers={"Host": "evil.example"}).location == "/s/?lang=en"


@pytest.mark.parametrize("host", ["a" * 300, "9999-W52..9999-W53", ".", "a..b"])
def test_what_can_be_no_host_gets_a_sentence(client: FlaskClient, host: str) -> None:
    answer = client.get("/office/sign-in", headers={"Host": host})
    assert answer.status_code < 500
    assert answer.text


@pytest.mark.parametrize("origin", ["http://[", "https://]", "http://a]b", "http://localhost:a", "//"])
@pytest.mark.parametrize("path", ["/s/CAAAAAAAAA", "/s/"])
def test_an_origin_that_cannot_be_read_is_foreign(client: FlaskClient, path: str, origin: str) -> None:
    assert client.post(path, headers={"Origin": origin}).status_code == 403
