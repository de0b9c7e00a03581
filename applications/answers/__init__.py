"""Saving answers, conflicts of two who edit at once, autosave."""
