"""The public record: what it is, its files, and the code on a printed report. For citizens' pages alone."""

from app.web.public.record import files, overview, report_code

VIEWS = (overview, files, report_code)
