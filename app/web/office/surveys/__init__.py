"""Questionnaires in the office. For the office alone."""

from app.web.office.surveys import quotas, recordings, surveys

VIEWS = (surveys, recordings, quotas)
