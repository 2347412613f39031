"""What the product writes and reads, by outside libraries or by itself; no database. For services,
documents and the layers above.
"""
