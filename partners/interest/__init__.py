"""Expressions of interest, and what an organisation can do next."""
