"""Devices: enrolled tablets and interviewers' phones. For figures, responses and the layers above."""
