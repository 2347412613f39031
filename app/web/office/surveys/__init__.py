"""Questionnaires in the office. For the office alone."""

from app.web.office.surveys import quota_targets, quotas, recordings, surveys

VIEWS = (surveys, recordings, quotas, quota_targets)
