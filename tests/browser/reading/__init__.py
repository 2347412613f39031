"""Pages that are kept to be read without network."""
