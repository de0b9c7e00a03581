"""What applicants see."""
