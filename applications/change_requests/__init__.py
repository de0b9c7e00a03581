"""What Fedasil asks to be changed, and the answers."""
