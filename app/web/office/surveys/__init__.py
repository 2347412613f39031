"""Questionnaires in the office. For the office alone."""

from app.web.office.surveys import quota_targets, quotas, recordings, rounds, surveys

VIEWS = (surveys, recordings, quotas, quota_targets, rounds)
