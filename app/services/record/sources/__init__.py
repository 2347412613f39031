"""What is entered in the public record, each kind from its own tables. For the job that keeps the record."""
