"""Odd values in every address, argument, field and header: a clear refusal, never a broken server.

A sample that takes turns, a quarter of it on SQLite and a seventh on PostgreSQL; all of it, one value at a time, is
`script/bench odd_requests`.
"""

from collections.abc import Iterator
from itertools import count, cycle, islice

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.web.context import context
from app.web.office.guard import declared_for
from tests.factories.odd_requests import OddRequest, odd_arguments, odd_headers, odd_messages, odd_paths
from tests.fixtures.accounts import add_account
from tests.web.office.test_access import VALUES, World, client_of, world

__all__ = ["world"]

PUBLIC = {
    "number": "12345678",
    "version": "1",
    "size": 192,
    "district_id": 1,
    "page": "own",
    "day": "2026-11-30",
    "path": "checkpoint",
    "code": "A" * 220,
    "week": "2026-11-30",
    "part": "1",
    "digest": "0" * 64,
    "name": "places",
}
#: what programs post, with nothing wrong but that it is nobody's
MESSAGES: dict[str, dict[str, object]] = {
    "/api/v1/devices": {"code": "A", "public_key": "B"},
    "/api/v1/devices/status": {
        "device": "1",
        "waiting": 0,
        "last_sequence": 0,
        "at": "",
        "signature": "",
        "refusals": {},
    },
    "/api/v1/screens": {"code": "A", "secret": "A" * 43},
    "/api/v1/screens/pad": {"secret": "A" * 43, "held": {"head": "A" * 8, "until": 1}},
    "/api/v1/responses": {"responses": []},
}


def item_of(world: World) -> dict[str, object]:
    token = context().tokens.sign(Token(Channel.POSTER, 0, world.own["placement"]))
    return {
        "v": 1, "id": "6fa459ea-ee8a-4ca4-894e-db77e160355e", "token": token, "survey_version": world.survey_version_id,
        "language": "hi", "week": "2026-06-08", "stamp": "", "kid": None, "body": {"greeting": "x"}, "device": "1",
        "sequence": 1, "signature": "AAAA",
    }  # fmt: skip


def odd_requests(app: Flask, world: World, *, whole: bool) -> Iterator[OddRequest]:
    """All of the product's addresses, each in all its odd ways or in a few that take turns."""
    token = str(item_of(world)["token"])
    turn = count()
    for rule in app.url_map.iter_rules():
        values: dict[str, object] = {
            name: PUBLIC[name]
            if name in PUBLIC and not rule.endpoint.startswith("office.")
            else VALUES[name](world, world.own)
            for name in rule.arguments
        }
        if "token" in values and not rule.endpoint.startswith("office."):
            values["token"] = token if rule.rule.startswith("/S") else token.lower()
        with app.test_request_context():
            built = rule.build({**values, **(rule.defaults or {})})
        assert built is not None, rule.rule
        path = built[1]
        yield from list(odd_paths(app, rule, path, values))[:: 1 if whole else 9]
        yield from odd_arguments(app, rule, path, whole=whole)
        yield from odd_headers(rule, path, whole=whole, turn=turn)
    for path, message in MESSAGES.items():
        yield from odd_messages(path, message, whole=whole)
    yield from in_batches(odd_messages("", item_of(world), whole=whole))
    for name in (b"\0", b"css/\0.css", b"css/" + b"a" * 256 + b".css", b"..%2f..%2fwsgi.py", b"\xff", b"js/", b"css"):
        yield OddRequest("GET", "/static/" + "".join(f"%{byte:02x}" for byte in name), f"/static/ {name[:30]!r}")


def in_batches(messages: Iterator[OddRequest]) -> Iterator[OddRequest]:
    for message in messages:
        body = b'{"responses":[' + (message.body or b"") + b"]}"
        yield OddRequest("POST", "/api/v1/responses", f"an item: {message.where}", body=body)


def failures(app: Flask, world: World, *, whole: bool, every: int = 1) -> list[tuple[str, int | str, str]]:
    """What was answered with a failure: where, its status, and by whom it was asked. One of so many is sent."""
    accounts = {role: add_account(role, world.own["state"]) for role in Role}
    askers: cycle[Role | None] = cycle([Role.STATE_ADMIN, None, Role.STATE_ADMIN, *Role])
    found, number = [], 0
    for asked in islice(odd_requests(app, world, whole=whole), 0, None, every):
        number += 1
        role = next(askers) if asked.path.startswith("/office") else None
        client: FlaskClient = app.test_client() if role is None else client_of(app, accounts[role])
        status: int | str
        try:
            status = asked.send(client)
        except Exception as error:
            status = f"{type(error).__name__}: {error}"
        if not (isinstance(status, int) and status < 500):
            found.append((asked.where[:300], status, role.value if role else "a stranger"))
    assert number > len(list(app.url_map.iter_rules()))
    return found


@pytest.mark.both_databases
def test_no_odd_value_breaks_the_server(app: Flask, world: World, database: str) -> None:
    assert declared_for(app.view_functions["office.record.show_audit"])
    found = failures(app, world, whole=False, every=7 if database == "postgresql" else 4)
    assert not found, "\n".join(map(str, found))
