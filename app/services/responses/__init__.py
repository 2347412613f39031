"""Responses: answers on their way in, judged, and kept. For figures and the layers above."""
