"""The pages of enrolled tablets and interviewers' phones. For citizens' pages alone."""

from app.web.public.devices import kiosk

VIEWS = (kiosk,)
