"""The public record outside: signed notes, the code on paper, proofs as files. For whoever may import formats."""
