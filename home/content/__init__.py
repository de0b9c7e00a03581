"""The site as shipped, as data, and the loader that brings it into the database."""
