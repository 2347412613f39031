"""Responses: answers on their way in, judged, and kept. For dialogue, draws, figures, simulation, slips and the layers
above.
"""
