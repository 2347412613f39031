"""Lists of cases, draws from them, and the invitations of a draw. For responses, figures and the layers above."""
