"""Devices: enrolled tablets and interviewers' phones. For draws, figures, simulation, slips and the layers above."""
