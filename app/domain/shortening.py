"""Text cut to a length, for where it stands beside a link and nobody can open the rest."""

import unicodedata

_MARK = "…"


def shortened(text: str, most: int) -> str:
    """At most so many letters, cut between words if there are any; what is left out is marked.

    >>> shortened("Results of the whole district", 20)
    'Results of the…'
    """
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    end = most - len(_MARK)
    # A sign above or beside a letter is nothing without it.
    while end and unicodedata.category(plain[end])[0] == "M":
        end -= 1
    words = plain[: end + 1].rpartition(" ")[0]
    return (words or plain[:end]).rstrip(" ,;:·–-") + _MARK
