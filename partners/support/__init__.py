"""What a partner receives: pure functions over dated rates."""
