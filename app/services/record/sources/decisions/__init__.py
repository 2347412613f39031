"""What the department decides about what all may read: how far down, and what is kept quiet. For the record job."""
