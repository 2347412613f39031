"""Surveys: questionnaires, their expressions, recorded questions and quotas."""
