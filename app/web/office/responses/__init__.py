"""Answers that come in by file, and those that are alike. For the office alone."""

from app.web.office.responses import copies, imports

VIEWS = (copies, imports)
