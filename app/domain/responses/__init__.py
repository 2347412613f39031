"""Responses: answers on their way in, judged, and kept."""
