"""When each page is looked at again, by whom, and the reminders of it."""
