"""What was changed after it was published, or kept back, each noun by a reader of its own. For pages."""
