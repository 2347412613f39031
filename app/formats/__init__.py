"""What the product writes and reads: each file wraps one outside library and knows no database. For services,
documents and the layers above.
"""
