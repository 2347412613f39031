"""What a place's page of results is called in its address: given once, from its code, and never to another place."""

import re
from collections.abc import Collection

MOST = 40
#: what stands in the same part of an address, now or one day
RESERVED = frozenset({"record", "q", "data", "rounds", "receipts", "promises"})
_OTHER = re.compile("[^a-z0-9]+")


def page_name(code: str, taken: Collection[str | None]) -> str:
    """Small letters, digits and hyphens; numbered where another place has the name, or nobody may."""
    plain = _OTHER.sub("-", code.lower()).strip("-")[:MOST].strip("-") or "place"
    name, number = plain, 1
    while name in RESERVED or name in taken:
        number += 1
        ending = f"-{number}"
        name = plain[: MOST - len(ending)].rstrip("-") + ending
    return name
