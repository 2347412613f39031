"""Devices: enrolled tablets and interviewers' phones."""
