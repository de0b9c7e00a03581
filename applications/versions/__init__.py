"""What was submitted, frozen; what differs between versions; what a reader may not see."""
