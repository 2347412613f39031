"""Settings: read from the environment once, frozen, and loud about what is wrong."""

import json
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import SplitResult, urlsplit


class SettingsError(Exception):
    """The product cannot start like this. The message is one sentence for whoever starts it."""


_LICENCE = re.compile(r"([A-Za-z0-9][A-Za-z0-9.-]*) (https://[^\s/]+(?:/\S*)?)")
_DATABASE = re.compile(r"sqlite:///[^?#]+|postgresql\+psycopg://[^/]*/[^/?]+(\?.*)?")


class Mode(StrEnum):
    PRODUCTION = "production"
    #: an invented department on loopback: every page and print says so
    DEMONSTRATION = "demonstration"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What an installation must keep to itself. Each serves one purpose; 32 random bytes."""

    session: bytes
    audit: bytes
    accounts: bytes
    receipts: bytes
    #: key id to the one secret that signs under it
    signing: Mapping[int, bytes]
    #: key id to the seed of the key that opens what was sealed under it; empty where answers are not sealed
    sealing: Mapping[int, bytes] = field(default_factory=dict)
    #: the seed of the key that the public record is signed with; empty in the files of versions that kept none
    record: bytes = b""

    @property
    def newest_key_id(self) -> int:
        return max(self.signing)

    @classmethod
    def from_file(cls, path: Path) -> "Secrets":
        """Read what `samvad init` wrote; SettingsError if it is absent, readable by others or incomplete."""
        try:
            mode = path.stat().st_mode
            raw = json.loads(path.read_text("utf-8"))
            signing = _keys(raw["signing"])
            # Absent from the files of the first version, which still have to start.
            sealing = _keys(raw.get("sealing", {}))
            secrets = cls(
                session=bytes.fromhex(raw["session"]),
                audit=bytes.fromhex(raw["audit"]),
                accounts=bytes.fromhex(raw["accounts"]),
                receipts=bytes.fromhex(raw["receipts"]),
                signing=signing,
                sealing=sealing,
                record=bytes.fromhex(raw.get("record", "")),
            )
        except FileNotFoundError:
            raise SettingsError(f"There are no secrets at {path}: run `samvad init` first.") from None
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            raise SettingsError(f"The secrets at {path} cannot be read: restore them from a backup.") from None
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise SettingsError(f"The secrets at {path} can be read by others: run `chmod 600 {path}`.")
        every = (
            secrets.session,
            secrets.audit,
            secrets.accounts,
            secrets.receipts,
            *signing.values(),
            *sealing.values(),
            *([secrets.record] if secrets.record else []),
        )
        if not signing or min(map(len, every)) < 32:
            raise SettingsError(f"The secrets at {path} are too short: restore them from a backup.")
        return secrets


def _keys(raw: Mapping[str, str]) -> dict[int, bytes]:
    return {int(key): bytes.fromhex(value) for key, value in raw.items()}


@dataclass(frozen=True, slots=True)
class Settings:
    mode: Mode
    instance: Path
    database_url: str
    #: where citizens reach the product, scheme and host and nothing behind it
    address: str
    secrets: Secrets
    #: how many reverse proxies stand before the product, each adding one X-Forwarded-For entry
    proxies: int = 0
    #: the port on loopback where this machine tells how it is; the worker takes the next one. None to tell nothing
    watch_port: int | None = None
    #: where questions and reports of weaknesses go, as a mailto: or https: address
    contact: str | None = None
    #: under what everybody may use what is published as data: the licence's name and where it stands
    data_licence: tuple[str, str] | None = None
    #: a folder outside the database for the last signed head of the record; beside the secrets unless it is set
    record_state: Path | None = None

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    @property
    def record_folder(self) -> Path:
        """Where the last signed head of the record lies."""
        return self.record_state or self.instance / "record"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the SAMVAD_ variables that docs/operations.md lists; SettingsError says what is wrong."""
        try:
            mode = Mode(environ.get("SAMVAD_MODE", Mode.PRODUCTION))
        except ValueError:
            raise SettingsError("SAMVAD_MODE must be production, demonstration or test.") from None
        instance, database_url = where_from_env(environ)
        try:
            proxies = int(environ.get("SAMVAD_PROXIES", "0"))
            if proxies < 0:
                raise ValueError
        except ValueError:
            raise SettingsError("SAMVAD_PROXIES must be a whole number.") from None
        return cls(
            mode=mode,
            watch_port=_checked_port(environ.get("SAMVAD_WATCH_PORT", "")),
            instance=instance,
            database_url=database_url,
            address=_checked_address(environ.get("SAMVAD_ADDRESS", ""), mode),
            secrets=Secrets.from_file(instance / "secrets.json"),
            proxies=proxies,
            contact=_checked_contact(environ.get("SAMVAD_CONTACT", "")),
            data_licence=_checked_licence(environ.get("SAMVAD_DATA_LICENCE", "")),
            record_state=Path(state).resolve() if (state := environ.get("SAMVAD_RECORD_STATE")) else None,
        )


def where_from_env(environ: Mapping[str, str] = os.environ) -> tuple[Path, str]:
    """The instance folder and the database: what a command needs that runs before there are secrets."""
    instance = Path(environ.get("SAMVAD_INSTANCE", "instance")).resolve()
    database_url = environ.get("SAMVAD_DATABASE_URL")
    return instance, _checked_database(database_url) if database_url else f"sqlite:///{instance / 'samvad.db'}"


def _checked_database(url: str) -> str:
    parts = _split(url)
    if parts is None or not _DATABASE.fullmatch(url):
        raise SettingsError(
            "SAMVAD_DATABASE_URL must be postgresql+psycopg://USER:PASSWORD@HOST/NAME or sqlite:////PATH/TO/FILE."
        )
    return url


def _split(address: str) -> SplitResult | None:
    """The parts of an address; None for what is none."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises for what is no port
    except ValueError:
        return None
    return parts


def _checked_address(address: str, mode: Mode) -> str:
    address = address.rstrip("/") or ("" if mode is Mode.PRODUCTION else "http://127.0.0.1:8000")
    parts = _split(address)
    if parts is None:
        raise SettingsError("SAMVAD_ADDRESS must be the public address, such as https://samvad.example.in.")
    if parts.scheme not in ("http", "https") or not parts.netloc or "@" in parts.netloc or any(parts[2:]):
        raise SettingsError("SAMVAD_ADDRESS must be the public address, such as https://samvad.example.in.")
    if mode is Mode.PRODUCTION and parts.scheme != "https":
        raise SettingsError("SAMVAD_ADDRESS must begin with https:// in production: answers must not travel open.")
    return address


def _checked_port(port: str) -> int | None:
    if not port:
        return None
    # The worker takes the one after it.
    if not port.isascii() or not port.isdigit() or not 1024 <= int(port) < 65_535:
        raise SettingsError("SAMVAD_WATCH_PORT must be a port from 1024 to 65534, or not be set.")
    return int(port)


def _checked_contact(contact: str) -> str | None:
    if contact and not contact.startswith(("mailto:", "https://")):
        raise SettingsError("SAMVAD_CONTACT must begin with mailto: or https://.")
    return contact or None


def _checked_licence(licence: str) -> tuple[str, str] | None:
    found = _LICENCE.fullmatch(licence)
    if licence and found is None:
        raise SettingsError("SAMVAD_DATA_LICENCE must be a licence's name and its address, such as CC0-1.0 https://….")
    return (found[1], found[2]) if found else None
