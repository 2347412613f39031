"""What a reader sees first: how a place stands, what stands out, what people want. For documents and web."""
