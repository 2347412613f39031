"""What script/ does for whoever runs an installation: its list of parts, known faults, ways without network."""
