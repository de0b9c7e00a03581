"""Reviews: how far they are, assigning and writing them; who looks after a dossier; visits."""
