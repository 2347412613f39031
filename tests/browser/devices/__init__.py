"""Enrolled devices: shared tablets, phones of interviewers, counter screens."""
