"""What approval ends with (WAGTAIL_FINISH_WORKFLOW_ACTION); Wagtail loads this before any model."""


def publish_approved(state, user=None) -> None:
    """Publish what was approved. Raises pairs.Undecided, pairs.SourceNotPublished."""
    from .translation import pairs

    pairs.publish_approved(state, user)
