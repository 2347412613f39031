"""A citizen at the questions: answering, listening, being told."""
