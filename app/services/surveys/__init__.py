"""Surveys: questionnaires, their expressions, recorded questions and quotas. For devices, figures, responses, slips
and the layers above.
"""
