"""The emblem on citizens' pages."""

import io
import re
from datetime import UTC, datetime

from flask import Flask, g
from PIL import Image, ImageColor

from app.services.installation.settings import set_emblem
from app.transaction import transaction
from tests.factories.codes.confirmed_department import add_department

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
IMG = re.compile(r'<img src="(/about/emblem\.png\?v=[0-9a-f]{10})"')


def save(colour: str) -> None:
    written = io.BytesIO()
    Image.new("RGB", (300, 300), colour).save(written, "PNG")
    with transaction() as session:
        set_emblem(session, written.getvalue(), None, NOW)
    # A request keeps the department for itself; here all share one context.
    g.pop("department", None)


def test_each_emblem_has_an_address_of_its_own_that_may_be_kept(app: Flask) -> None:
    with transaction() as session:
        add_department(session)
    client = app.test_client()
    assert IMG.search(client.get("/").text) is None
    assert client.get("/about/emblem.png").status_code == 404
    addresses = []
    for colour in ("red", "blue"):
        save(colour)
        found = IMG.search(client.get("/").text)
        assert found is not None
        addresses.append(found[1])
        answer = client.get(found[1])
        assert "immutable" in answer.headers["Cache-Control"]
        picture = Image.open(io.BytesIO(answer.data))
        assert picture.size == (48, 48)
        assert picture.convert("RGBA").getpixel((9, 9)) == (*ImageColor.getrgb(colour), 255)
    assert addresses[0] != addresses[1]
    assert "immutable" not in client.get(addresses[0]).headers["Cache-Control"]
