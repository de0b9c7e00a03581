"""The partner finder: notices of organisations that lack an aim, and how they write to each other by the portal."""
