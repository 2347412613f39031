"""Figures in the office: reports, live counts, exact figures. For the office alone."""

from app.web.office.figures import exact_figures, reports, tallies

VIEWS = (reports, tallies, exact_figures)
