"""Simulation: invented departments, people and attacks, on which screening and figures are tried. For dialogue and the
layers above.
"""
