"""How the code is written, parted and documented."""
