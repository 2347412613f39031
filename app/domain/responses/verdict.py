"""What a verdict says of a response."""

from enum import StrEnum


class Decision(StrEnum):
    """Whether a response counts; why not, is said by reasons beside it."""

    COUNTED = "counted"
    SET_ASIDE = "set_aside"
