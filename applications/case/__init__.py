"""The thing itself: reference, handling time, timeline, estimate, intake, loading."""
