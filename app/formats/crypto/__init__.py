"""What is signed, sealed, hashed or kept secret. For whoever may import formats."""
