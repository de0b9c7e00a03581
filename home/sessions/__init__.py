"""Information sessions: planned, moved, cancelled; registrations, reminders, calendar files."""
