from flask.testing import FlaskClient


def test_a_worker_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    """A tablet looks for a new one every ten minutes."""
    first = client.get("/sw.js", headers={"Accept-Encoding": "br"})
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/sw.js", headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_worker_may_fetch_from_here_and_nothing_else(client: FlaskClient) -> None:
    assert client.get("/sw.js").headers["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"
