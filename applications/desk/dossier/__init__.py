"""One dossier at the desk."""
