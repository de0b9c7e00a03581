"""What people get while the database or Redis is away."""
