"""Pictures: drawn by us, brought by strangers, and codes."""
