"""What a printed report says of the public record."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportMark:
    """`address` is what its code says: where anybody sees whether these figures still stand. `vkey` checks the rest."""

    address: str
    vkey: str
    entry: int
