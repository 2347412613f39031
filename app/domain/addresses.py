"""Addresses as strangers write them: some cannot even be taken apart."""

from urllib.parse import SplitResult, urlsplit


def parts_of(address: str) -> SplitResult | None:
    """The parts of an address; None for what is none, such as `http://[` or one with a port that is no number."""
    try:
        parts = urlsplit(address)
        # Looked at only when it is asked for.
        _ = parts.port
    except ValueError:
        return None
    return parts
