"""Fedasil's people: accounts, group permissions, absences, notices, reports."""
