"""Polls and quizzes with dates, as citizens read of them. For citizens' pages alone."""

from app.web.public.surveys import rounds

VIEWS = (rounds,)
