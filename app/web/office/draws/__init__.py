"""Lists of cases and draws from them in the office. For the office alone."""

from app.web.office.draws import case_lists, closing, drawing, invitations

VIEWS = (case_lists, closing, drawing, invitations)
