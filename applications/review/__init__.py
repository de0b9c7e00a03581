"""How far the reviews are, assigning and writing them, who looks after a dossier, visits."""
