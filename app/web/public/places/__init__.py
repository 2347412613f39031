"""Offices that people can turn to. For citizens' pages alone."""

from app.web.public.places import hand_off

VIEWS = (hand_off,)
