"""Answers to polls and quizzes with dates: when they may be given, whether any come. For services and the office."""
