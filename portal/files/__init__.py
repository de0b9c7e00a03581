"""Private files: one door with validation, quarantine and scanning; the store; previews; clean-up."""
