"""Surveys: questionnaires, their expressions, recorded questions and quotas. For accounts, codes, devices, figures,
installation, responses, simulation, slips and the layers above.
"""
