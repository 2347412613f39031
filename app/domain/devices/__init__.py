"""Devices: enrolled tablets and interviewers' phones. For figures, slips and the layers above."""
