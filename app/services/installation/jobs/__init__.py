"""Jobs asked for, counted and read, and their files beside the database. For jobs, commands and pages."""
