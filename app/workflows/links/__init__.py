"""Links of one answer each: made once, and held for an hour for whoever made them. For pages of the office."""
