"""Pictures: drawn by us, brought by strangers, and codes. For whoever may import formats."""
