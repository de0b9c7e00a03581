"""When share images are made: at publishing, by the worker, after mails and PDFs."""

from django_tasks import task
from wagtail.models import Page

from . import share


@task(priority=-60)
def make_in_background(page_id: int) -> None:
    """What the worker runs."""
    if page := Page.objects.live().filter(pk=page_id).first():
        share.make(page)


def follow_page(instance, **kwargs) -> None:
    """Receives page_published."""
    make_in_background.enqueue(instance.pk)


def forget_page(instance, **kwargs) -> None:
    """Receives page_unpublished, which Wagtail sends before it deletes a page too."""
    share.forget(instance)
