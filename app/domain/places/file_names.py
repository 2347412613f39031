"""What a place is called in the name of a file."""

import re


def plain_code(code: str) -> str:
    """Its code, in letters that every file system takes; `place` for one that has none of them."""
    return re.sub(r"[^A-Za-z0-9_.-]", "-", code).lstrip(".-")[:60] if code.isascii() and code.isprintable() else "place"
