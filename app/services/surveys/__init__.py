"""Surveys: questionnaires, their expressions, recorded questions and quotas. For codes, devices, draws, figures,
responses, slips and the layers above.
"""
