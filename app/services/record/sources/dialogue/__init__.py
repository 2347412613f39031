"""Promises and posts, as the record tells them. For the job that keeps the record."""
