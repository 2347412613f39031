"""The department's own settings. For the office alone."""

from app.web.office.installation import department, results

VIEWS = (department, results)
