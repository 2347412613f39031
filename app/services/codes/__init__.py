"""Codes: placements and what is printed, shown or linked for them; tokens, numbers, checks. For devices, dialogue,
draws, figures, responses, slips and the layers above.
"""
