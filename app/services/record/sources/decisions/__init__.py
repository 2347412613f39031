"""What the department decides about what everybody may read: how far down, and what is kept quiet. For the record job."""
