"""Devices: enrolled tablets and interviewers' phones. For dialogue, draws, figures, simulation, slips and the layers
above.
"""
