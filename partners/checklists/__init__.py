"""Checklists for partners: which ones are valid, and those that ship."""
