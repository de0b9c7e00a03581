"""Preparing, releasing and correcting decisions; powers to decide."""
