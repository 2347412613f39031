"""Whether a place's own figure is certified, and its limits if some answers were false. For services and simulation."""
