"""Surveys: questionnaires, their expressions, recorded questions and quotas. For accounts, codes, devices, dialogue,
draws, figures, installation, responses, simulation, slips and the layers above.
"""
