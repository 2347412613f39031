"""Patterns of regex(): which are portable, and the sets of letters they are made of. For the expressions of surveys."""
