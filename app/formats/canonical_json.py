"""JSON in its one form, for what is stored, compared, signed or sealed."""

import msgspec


def write_json(value: object) -> bytes:
    """Compact JSON with sorted keys: the canonical form of answers and definitions."""
    return msgspec.json.encode(value, order="sorted")
