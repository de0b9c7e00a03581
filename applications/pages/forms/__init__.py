"""Forms of the applicants' pages."""
