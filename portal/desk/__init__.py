"""What the desk's pages share."""
