"""One number for many marks in any order: who takes one away, adds one or exchanges two changes it.

It grows by one factor for each mark, and tells nothing of the order in which they came.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

MODULUS = 2**3072 - 1103717
PRODUCT_BYTES = 384
_COUNT_BYTES = 8
_PREFIX = b"samvad multiset 1\n"


@dataclass(frozen=True, slots=True)
class Multiset:
    """How many marks it holds, and their product."""

    count: int = 0
    product: int = 1

    def with_all(self, marks: Iterable[bytes]) -> "Multiset":
        """The same with these as well."""
        count, product = self.count, self.product
        for mark in marks:
            count, product = count + 1, product * element(mark) % MODULUS
        return Multiset(count, product)

    def to_bytes(self) -> bytes:
        """Count and product, in a fixed length."""
        return self.count.to_bytes(_COUNT_BYTES) + self.product.to_bytes(PRODUCT_BYTES, "little")

    def digest(self) -> bytes:
        """What is published of it."""
        return hashlib.sha256(_PREFIX + self.to_bytes()).digest()


def element(mark: bytes) -> int:
    """The factor that stands for a mark."""
    return int.from_bytes(hashlib.shake_256(_PREFIX + mark).digest(PRODUCT_BYTES), "little") % MODULUS
