"""Jobs of the public record: it is kept, and what is stored is sealed. For the timetable and commands."""
