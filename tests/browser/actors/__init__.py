"""Who acts in these tests: phones, tablets, hands on a page, networks that fail."""
