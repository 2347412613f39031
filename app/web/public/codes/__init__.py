"""Codes as anybody meets them: the number beside one, whether one is genuine, a screen that shows them. For
citizens' pages alone.
"""

from app.web.public.codes import cards, checks, counter_screen, numbers

VIEWS = (numbers, checks, counter_screen, cards)
