"""Marks beside answers and verdicts, and what they come to: altered, added and missing ones are seen. For whoever may
import services.
"""
