"""When images are made: at publishing, and when one in use is changed; by the worker (decision 55)."""

from django_tasks import task
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from . import kept_pages, pictures


@task()
def make_in_background(images: list[list]) -> None:
    """What the worker runs: [id, shape] of each image."""
    model = get_image_model()
    found = model.objects.in_bulk([pk for pk, _shape in images])
    made = [pictures.make(found[pk], shape) for pk, shape in images if pk in found]
    if any(made):
        kept_pages.drop_all()


def follow_page(instance, **kwargs) -> None:
    """Receives page_published."""
    if hasattr(instance, "body") and (shown := pictures.shown_on(instance)):
        make_in_background.enqueue([[image.pk, shape] for image, shape in shown])


def follow_image(instance, raw=False, **kwargs) -> None:
    """Receives post_save of images: another file or focal point asks for other renditions."""
    if not raw and ReferenceIndex.get_references_to(instance).exists():
        make_in_background.enqueue([[instance.pk, shape] for shape in (pictures.WHOLE, pictures.WIDE)])
