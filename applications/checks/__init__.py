"""Automatic checks: what applicants see before they sign, and officers at a glance."""
