"""What a signature covers, which signatures stand, which are missing."""
