"""Editions corrected, and drawn on paper. For the command `samvad editions` and for the public page of results."""
