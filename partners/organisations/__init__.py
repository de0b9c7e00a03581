"""Who organisations are: registered, changed, verified, claimed; their signing rule and history."""
