"""What a citizen meets, from the code on a wall to the confirmation number."""
