"""The search: what can be found (entries, actions), the index in the database, what typed words mean, the ranking."""
