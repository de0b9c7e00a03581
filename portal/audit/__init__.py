"""The log: entries, hash chain."""
