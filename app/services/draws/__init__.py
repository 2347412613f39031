"""Lists of cases, draws from them, and the invitations of a draw. For dialogue, figures, responses and the layers
above.
"""
