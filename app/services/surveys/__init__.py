"""Surveys: questionnaires, their expressions, recorded questions and quotas. For codes, devices, figures, responses,
slips and the layers above.
"""
