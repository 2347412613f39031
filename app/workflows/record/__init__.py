"""The public record copied to a folder, and gone on with after something was lost. For commands alone."""
