"""Results as tables for anybody's programs: read, made once, and kept. For jobs and citizens' pages."""
