import unicodedata


def alphabetical(name: str) -> str:
    """By this, names are sorted as a reader looks for them: Liège before Lint, whatever the database's collation."""
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)).casefold()
