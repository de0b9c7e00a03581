"""What is wrong with the texts of a page or snippet, found in its data: for its preview, the desk and a command."""
