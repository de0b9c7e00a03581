"""An application as a case: reference, handling time, timeline, estimate, intake, loading."""
