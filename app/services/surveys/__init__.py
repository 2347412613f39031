"""Surveys: questionnaires, their expressions, recorded questions and quotas. For codes, devices, dialogue, draws,
figures, responses, slips and the layers above.
"""
