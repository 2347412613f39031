"""Lists of cases and draws from them in the office. For the office alone."""

from app.web.office.draws import call_scripts, case_lists, check_imports, closing, drawing, invitations

VIEWS = (case_lists, closing, drawing, invitations, check_imports, call_scripts)
