"""The list of dossiers: filters, counts, export, actions on several."""
