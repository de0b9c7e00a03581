"""What Fedasil sees of partners, inside Wagtail's admin."""
