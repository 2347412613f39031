"""Which policy of screening holds in a week, and how headquarters chooses another for later weeks. For whoever may
import services.
"""
