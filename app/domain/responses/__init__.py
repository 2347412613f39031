"""Responses: answers on their way in, judged, and kept. For figures, simulation,
slips and the layers above.
"""
