"""Devices: enrolled tablets and interviewers' phones. For dialogue, draws, figures, responses and the layers above."""
