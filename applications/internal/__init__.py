"""What Fedasil's people write to each other: notes, discussion, advice."""
