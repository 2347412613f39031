"""Editions: made of releases, and read as reports. For jobs, workflows, commands and pages."""
