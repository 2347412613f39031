"""Jobs that keep the public record. For the timetable and commands."""
