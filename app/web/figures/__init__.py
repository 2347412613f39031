"""Figures in the reader's words, for pages of the office and of everybody. For `app/web` alone."""
