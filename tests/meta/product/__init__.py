"""What the product promises as a whole."""
