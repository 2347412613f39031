"""What the department answers, as everybody reads it. For citizens' pages alone."""

VIEWS = ()
