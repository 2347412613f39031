"""Generous limits by address, without keeping an address.

Thousands of phones stand behind one address of a mobile network, so only bursts are slowed down, and nobody
is ever locked out. An address is known by its HMAC, under a secret that is made when the application is, before
the workers fork, that turns over every day and that is never written down. Counts live in memory, a worker's own.
"""

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app, request

from app.web.context import today

_KEY = "samvad.limits"
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Limit:
    """A bucket: `burst` requests at once, then `per_second` more every second."""

    name: str
    burst: int
    per_second: float


#: forms sent for one placement from one address; a whole camp may answer behind one
ANSWERS = Limit("answers", burst=240, per_second=2)
#: batches from one address: thousands of phones share one, and a kiosk empties its outbox in one go
BATCHES = Limit("batches", burst=3000, per_second=50)
#: printed numbers and confirmation numbers typed from one address
NUMBERS = Limit("numbers", burst=120, per_second=1)
#: one-time codes of devices typed from one address; a district may set up its tablets in one room
ENROLMENTS = Limit("enrolments", burst=60, per_second=0.2)
#: what devices say of themselves from one address
STATUSES = Limit("statuses", burst=600, per_second=5)
#: pads for one counter screen, which needs one an hour; a whole one is three days of signatures
PADS = Limit("pads", burst=30, per_second=1 / 60)


class AddressKey:
    """Turns addresses into MACs that mean nothing after the day is over."""

    def __init__(self, day: date) -> None:
        self._secret = secrets.token_bytes(32)
        self._day = day
        self._lock = threading.Lock()

    def mac(self, address: str, day: date) -> bytes:
        """16 bytes. An IPv6 customer has a whole /64, so its addresses count as one."""
        with self._lock:
            for _ in range((day - self._day).days):
                self._secret = hashlib.sha256(b"ratchet" + self._secret).digest()
            self._day = max(day, self._day)
            return hmac.digest(self._secret, _network(address).encode(), hashlib.sha256)[:16]


class Buckets:
    """How much of each limit is left. The least recently used are forgotten, in favour of the citizen."""

    def __init__(self) -> None:
        self._left: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, limit: Limit, key: bytes, moment: float) -> int:
        """Take one; 0, or the seconds to wait."""
        with self._lock:
            left, since = self._left.pop(key, (float(limit.burst), moment))
            left = min(limit.burst, left + (moment - since) * limit.per_second)
            allowed = left >= 1
            self._left[key] = (left - 1 if allowed else left, moment)
            if len(self._left) > _REMEMBERED:
                self._left.popitem(last=False)
        return 0 if allowed else max(1, int((1 - left) / limit.per_second + 1))


def register_limits(app: Flask) -> None:
    with app.app_context():
        app.extensions[_KEY] = AddressKey(today()), Buckets()


def address_mac() -> bytes | None:
    """The sender of this request, as screening may know it for 72 hours; None if there is no address."""
    if _KEY not in request.environ:
        key: AddressKey = current_app.extensions[_KEY][0]
        request.environ[_KEY] = key.mac(request.remote_addr, today()) if request.remote_addr else None
    mac: bytes | None = request.environ[_KEY]
    return mac


def seconds_to_wait(limit: Limit, *subject: object) -> int:
    """Count this request against a limit of its address for a subject; 0, or the seconds to wait."""
    mac = address_mac()
    if mac is None:
        return 0
    buckets: Buckets = current_app.extensions[_KEY][1]
    return buckets.take(limit, mac + repr((limit.name, *subject)).encode(), time.monotonic())


def _network(address: str) -> str:
    if ":" not in address:
        return address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.IPv6Network((parsed, 64), strict=False))
    return str(parsed)
