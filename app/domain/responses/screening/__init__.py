"""Screening by likeness: how many answers are like this one, how many honest people would be, and what follows.
For figures and the layers above.
"""
