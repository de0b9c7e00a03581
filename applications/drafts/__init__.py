"""How a draft begins from an interest or a copy, and how it expires."""
