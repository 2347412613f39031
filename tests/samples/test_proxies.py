"""Each sample of a proxy, started in front of Samvad on a real server."""

import ssl
import time

import pytest

from tests.samples.conftest import Proxy

CLAIMED = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "http", "Forwarded": "for=203.0.113.7"}
#: what nobody may find in a log, in the path of a public page
CODE = "/S/NAMESAPLACEANDACODE"
SLOW_SENDERS = 40


def test_a_page_comes_through_over_http_2_too(proxy: Proxy) -> None:
    answer, page = proxy.ask("/")
    assert answer.status == 200
    assert b"<html" in page
    assert answer.headers["Content-Security-Policy"]
    proxy.trust.set_alpn_protocols(["h2"])
    with proxy.connect() as connection:
        assert (connection.selected_alpn_protocol(), connection.version()) == ("h2", "TLSv1.3")
    proxy.trust.set_alpn_protocols(["http/1.1"])


def test_samvad_hears_who_asked_and_not_what_a_client_claims(proxy: Proxy) -> None:
    seen = proxy.seen(headers=CLAIMED)
    assert seen["HTTP_X_FORWARDED_FOR"] == "127.0.0.1"
    assert seen["HTTP_X_FORWARDED_PROTO"] == "https"
    assert seen["HTTP_HOST"] == "localhost"
    assert "HTTP_FORWARDED" not in seen


@pytest.mark.parametrize("name", ["healthz", "readyz", "metrics"])
def test_what_is_for_the_operator_is_not_to_be_had_from_outside(proxy: Proxy, name: str) -> None:
    for path in (f"/{name}", f"/{name}/", f"//{name}", f"/%{ord(name[0]):x}{name[1:]}", f"/about/../{name}?a"):
        answer, body = proxy.ask(path)
        assert answer.status in {400, 404}, path
        assert b"inner" not in body, path


def test_slow_senders_hold_up_nobody_and_are_cut(proxy: Proxy) -> None:
    """They send the head of a post and the first byte of its body, and then nothing more."""
    head = f"POST {CODE} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx"
    senders = [proxy.connect() for _ in range(SLOW_SENDERS)]
    for sender in senders:
        sender.sendall(head.encode())

    assert proxy.ask("/")[0].status == 200
    for sender in senders:
        assert ended(sender)
    assert [line for line in proxy.seen("reached") if line.startswith("POST")] == []


def ended(sender: ssl.SSLSocket) -> bool:
    """Waits until the other side has hung up; `TimeoutError` if it never does."""
    with sender:
        try:
            while sender.recv(4096):
                pass
        except (ssl.SSLError, ConnectionError):
            pass
        return True


def test_who_opened_which_code_is_written_nowhere(proxy: Proxy) -> None:
    """Also of requests that fail because the server behind the proxy hangs up."""
    assert proxy.ask(CODE)[0].status == 404
    assert proxy.ask(f"{CODE}?hang-up")[0].status == 502
    assert proxy.ask("/office/sign-in")[0].status == 200
    # nginx writes its lines down after it has answered.
    until = time.monotonic() + 30
    while proxy.name == "nginx" and "/office/sign-in" not in proxy.written():
        assert time.monotonic() < until, proxy.written()
        time.sleep(0.05)
    assert CODE not in proxy.written()
