"""What waits for a second person, and who has approved whom, each noun by a reader of its own. For the office."""
