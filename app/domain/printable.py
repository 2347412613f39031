"""What can be printed of a placement."""

from enum import StrEnum


class PaperLanguage(StrEnum):
    """Which language a print speaks; `both` is Hindi with English beside it."""

    BOTH = "both"
    HINDI = "hi"
    ENGLISH = "en"

    @property
    def first(self) -> str:
        """The language of the large lines."""
        return "en" if self is PaperLanguage.ENGLISH else "hi"
