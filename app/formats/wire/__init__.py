"""What travels between phones and the server: JSON, read with msgspec. For whoever may import formats."""
