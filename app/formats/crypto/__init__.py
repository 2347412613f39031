"""What is signed, sealed, hashed or kept secret; each file wraps one library. For whoever may import formats."""
