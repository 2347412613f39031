"""Joint vectors of releases that were published without one. For jobs and commands."""
