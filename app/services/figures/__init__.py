"""Figures: counts, releases and reports, and what of them may be shown. For dialogue and the layers above."""
