"""What the product writes and reads: each file wraps one outside library and knows no database."""
