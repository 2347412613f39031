"""Words of the dialogue that pages of the office and of everybody share. For `app/web` alone."""
