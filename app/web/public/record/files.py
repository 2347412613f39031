"""The record as files: what a static folder would serve, for programs of anybody."""

from functools import cache

from flask import Response, abort
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.domain.places.place import PlaceKind
from app.domain.record.tiles import WIDTH, parse_tile
from app.services.figures.editions.holding import what_is_shown
from app.services.installation.public_results import public_results
from app.services.record.editions import edition_named
from app.services.record.log.checkpoints import newest_checkpoint
from app.services.record.log.cosignatures import witnessed_note
from app.services.record.log.files import CHECKPOINT, file_bytes
from app.transaction import reading
from app.web.context import now, today
from app.web.static import ROOT
from app.web.views import at

#: what is named by its own digest, and a whole tile, never changes
_FOR_GOOD = "public, max-age=31536000, immutable"
_FOR_NOW = "no-cache"
_FIGURES = "figures/"


@at("/r/record/samvad-fetch.py")
def show_fetcher() -> ResponseReturnValue:
    """The program that copies the record: a file that shares no code with what runs here."""
    return _sent(program("fetch"), "text/x-python; charset=utf-8", _FOR_NOW)


@at("/r/record/samvad-verify.py")
def show_verifier() -> ResponseReturnValue:
    """The one that checks a copy, as independent."""
    return _sent(program("verify"), "text/x-python; charset=utf-8", _FOR_NOW)


@cache
def program(does: str) -> bytes:
    """Read once: the page of the record names its digest each time that it is asked for."""
    return (ROOT / "verify" / f"samvad-{does}.py").read_bytes()


@at("/r/record/<path:path>")
def show_file(path: str) -> ResponseReturnValue:
    """A checkpoint, a tile, or what an entry names by its digest; 404 for whatever the signed record does not hold."""
    with reading() as session:
        checkpoint = newest_checkpoint(session, now())
        if checkpoint is None:
            abort(404)
        if path == CHECKPOINT:
            return _sent(witnessed_note(session, checkpoint).encode(), "text/plain; charset=utf-8", _FOR_NOW)
        content = _figures(session, path) if path.startswith(_FIGURES) else file_bytes(session, path, checkpoint.size)
    if content is None:
        abort(404)
    tile = parse_tile(path)
    is_partial = tile is not None and tile.width < WIDTH
    return _sent(content, _kind_of(path), _FOR_NOW if is_partial else _FOR_GOOD)


def _figures(session: Session, path: str) -> bytes | None:
    """An edition by its fingerprint, where everybody may read results of such places today."""
    digest = path.removeprefix(_FIGURES).removesuffix(".json")
    found = edition_named(session, digest, what_is_shown(session, now()))
    policy = public_results(session)
    if found is None or policy is None or path != f"{_FIGURES}{found[0].digest}.json":
        return None
    edition, place = found
    return edition.text.encode() if policy.shows(PlaceKind(place.kind), today()) else None


def _kind_of(path: str) -> str:
    if path.endswith(".json"):
        return "application/json; charset=utf-8"
    return "text/plain; charset=utf-8" if path.endswith(".txt") else "application/octet-stream"


def _sent(content: bytes, kind: str, kept: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Cache-Control"] = kept
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
