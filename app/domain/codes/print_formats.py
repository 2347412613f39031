"""What can be printed of a placement, on which paper and in which language."""

from enum import StrEnum


class Printable(StrEnum):
    """A look and its paper. All are prints of the same placement: they carry the same code and number."""

    POSTER_A4 = "poster-a4"
    POSTER_A3 = "poster-a3"
    TENT_A4 = "tent-card-a4"
    TENT_A5 = "tent-card-a5"


class PaperLanguage(StrEnum):
    """Which language a print speaks; `both` is Hindi with English beside it."""

    BOTH = "both"
    HINDI = "hi"
    ENGLISH = "en"

    @property
    def first(self) -> str:
        """The language of the large lines."""
        return "en" if self is PaperLanguage.ENGLISH else "hi"


class ShareShape(StrEnum):
    """A picture for official accounts, by how it lies; sizes in pixels are what the networks ask for."""

    WIDE = "wide"
    SQUARE = "square"
    TALL = "tall"

    @property
    def size(self) -> str:
        return {ShareShape.WIDE: "1200x630", ShareShape.SQUARE: "1080x1080", ShareShape.TALL: "1080x1920"}[self]
