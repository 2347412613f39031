"""The public record as a log: its entries, the hashes above them, its signed heads, and the files beside it. For the
sources of its entries and the layers above.
"""
