"""What a department says about itself: its names, its host, its emblem."""

import re

from app.domain.problem import Problem, ProblemType

HOST_INVALID = ProblemType(
    "department.host_invalid",
    422,
    "Write only the web address, such as samvad.example.in: no https:// before it and nothing after it.",
)
HOST_FOREIGN = ProblemType(
    "department.host_foreign",
    409,
    "This installation answers at %(address)s. Only that web address can be confirmed, and only with https.",
)
HOST_NOT_TYPED = ProblemType("department.host_not_typed", 422, "What you typed is not the web address.")
NO_CONTACT = ProblemType(
    "department.no_contact",
    409,
    "Pages tell citizens to complain to the department, and name nobody. First let whoever runs the server set whom "
    "they write to (SAMVAD_CONTACT).",
)
EMBLEM_INVALID = ProblemType("department.emblem_invalid", 422, "This is not a picture in PNG or JPEG.")
EMBLEM_TOO_LARGE = ProblemType(
    "department.emblem_too_large", 422, "Please choose a picture of at most 1 MB and %(pixels)d pixels a side."
)
DEPARTMENT_NAME = ProblemType("department.name", 422, "Write the name in both languages, in at most 120 characters.")

#: as printed in a code: capitals, so no user part, and no port unless one is needed
_HOST = re.compile(r"(?=.{1,120}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[1-9][0-9]{0,4})?")


def canonical_host(text: str) -> str:
    """HOST or HOST:PORT in small letters; Problem `department.host_invalid`."""
    host = text.strip().lower()
    if not _HOST.fullmatch(host):
        raise Problem(HOST_INVALID)
    return host
