"""Results as tables for anybody's programs: their columns, and the lines of an edition. For services and documents."""
