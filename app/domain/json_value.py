"""What JSON can say, where it is not yet known to be more than that."""

from collections.abc import Mapping, Sequence

JsonValue = str | int | float | bool | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]
JsonObject = Mapping[str, JsonValue]


def is_within(value: object, depth: int) -> bool:
    """Whether objects and lists stand in one another at most so deep: whoever writes them out calls itself as often."""
    if isinstance(value, dict):
        return depth > 0 and all(is_within(part, depth - 1) for part in value.values())
    if isinstance(value, list):
        return depth > 0 and all(is_within(part, depth - 1) for part in value)
    return True


def cut_off_below(value: JsonValue, depth: int) -> JsonValue:
    """The value, with "…" for whatever stands deeper than that."""
    if not isinstance(value, dict | list):
        return value
    if depth == 0:
        return "…"
    if isinstance(value, dict):
        return {name: cut_off_below(part, depth - 1) for name, part in value.items()}
    return [cut_off_below(part, depth - 1) for part in value]
