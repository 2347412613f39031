"""Polls and quizzes with dates. For services, and for pages that show their days."""
