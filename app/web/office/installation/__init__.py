"""The department's own settings, and work that takes long. For the office alone."""

from app.web.office.installation import department, jobs, quiet, results

VIEWS = (department, results, quiet, jobs)
