"""Devices: enrolled tablets and interviewers' phones. For draws, figures, responses and the layers above."""
