"""Responses: answers on their way in, judged, and kept. For draws, figures, simulation, slips and the layers above."""
