"""What Fedasil sees, inside Wagtail's admin."""
