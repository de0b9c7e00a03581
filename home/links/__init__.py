"""Links of our own site that lead to nothing: found in the background, without a request to any host."""
