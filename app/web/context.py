"""What views need besides the request: the settings, the signers and the clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import Flask, current_app

from app.config import Settings
from app.domain.weeks import day_of
from app.formats.crypto.sealing import SealingKeys
from app.formats.crypto.stamps import StampSigner
from app.formats.crypto.tokens import TokenSigner
from app.services.codes.code_reader import CodeReader
from app.services.responses.ingest_context import IngestContext

_KEY = "samvad.context"


@dataclass(frozen=True, slots=True)
class Context:
    """Made once for an application."""

    settings: Settings
    tokens: TokenSigner
    stamps: StampSigner
    codes: CodeReader
    ingest: IngestContext
    #: what pages carry for sealing: `newest`, and `public_text` of it
    sealing: SealingKeys


def register_context(app: Flask, settings: Settings) -> None:
    tokens = TokenSigner(settings.secrets.signing)
    stamps = StampSigner(settings.secrets.signing)
    ingest = IngestContext(settings.secrets)
    app.extensions[_KEY] = Context(settings, tokens, stamps, ingest.codes, ingest, ingest.sealing)


def context() -> Context:
    found: Context = current_app.extensions[_KEY]
    return found


def now() -> datetime:
    """The one clock of the web layer. Tests move it by config CLOCK, a function without arguments."""
    clock = current_app.config.get("CLOCK")
    return clock() if clock else datetime.now(UTC)


def today() -> date:
    """The day in India."""
    return day_of(now())
