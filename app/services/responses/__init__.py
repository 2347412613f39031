"""Responses: answers on their way in, judged, and kept. For dialogue, figures and the layers above."""
