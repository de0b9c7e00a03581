"""Fields, service forms and cleaning of what is typed."""
