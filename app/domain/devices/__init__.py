"""Devices: enrolled tablets and interviewers' phones. For figures, simulation,
slips and the layers above.
"""
