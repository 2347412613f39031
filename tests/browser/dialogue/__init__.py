"""What the department answers, as citizens read it and staff write it."""
