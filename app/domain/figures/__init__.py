"""Figures: counts, releases and reports, and what of them may be shown. For dialogue, draws, simulation, slips and the
layers above.
"""
