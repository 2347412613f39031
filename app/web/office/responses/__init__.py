"""Answers that come in by file. For the office alone."""

from app.web.office.responses import imports

VIEWS = (imports,)
