"""The people of an organisation: invited, joining, roles, absences, what waits for them."""
