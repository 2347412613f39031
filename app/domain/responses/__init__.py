"""Responses: answers on their way in, judged, and kept. For figures, slips and the layers above."""
