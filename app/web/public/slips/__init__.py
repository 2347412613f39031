"""Slips and invitations, whose tokens stand behind a #. For citizens' pages alone."""

from app.web.public.slips import one_time

VIEWS = (one_time,)
