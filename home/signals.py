"""What changed elsewhere and shows on the site: pages and texts by Wagtail's signals, numbers by those of partners/."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move, published, unpublished

from partners.partnerships.services import is_shown
from partners.signals import organisation_changed, public_data_changed
from portal.outage import middleware

from . import frame, kept_pages, picture_tasks, share_tasks
from .links import check

# Of what readers see, by an editor.
CHANGES = (page_published, page_unpublished, page_slug_changed, post_page_move, published, unpublished)


def drop_kept(**kwargs) -> None:
    kept_pages.drop_all()


def drop_if_shown(organisation, **kwargs) -> None:
    """Of an organisation, readers see the name on the map, where its partnership is shown."""
    if is_shown(organisation):
        kept_pages.drop_all()


def drop_copies(**kwargs) -> None:
    """What is taken off the site is not shown while the database is away either."""
    transaction.on_commit(middleware.forget_copies)


def drop_copy(instance, **kwargs) -> None:
    """What a newer version of a page leaves out is not shown while the database is away either."""
    if parts := instance.get_url_parts():
        transaction.on_commit(lambda: middleware.forget_copy(parts[2]))


def connect() -> None:
    for signal in (published, unpublished):
        signal.connect(frame.carry_anew)
    for signal in CHANGES:
        signal.connect(drop_kept)
        signal.connect(check.look_soon)
    post_delete.connect(check.look_soon, sender=get_document_model_string())
    # Wagtail unpublishes a page before it deletes it.
    page_published.connect(drop_copy)
    for signal in (page_unpublished, page_slug_changed, post_page_move, unpublished):
        signal.connect(drop_copies)
    page_published.connect(picture_tasks.follow_page)
    page_published.connect(share_tasks.follow_page)
    page_unpublished.connect(share_tasks.forget_page)
    post_save.connect(picture_tasks.follow_image, sender=get_image_model())
    public_data_changed.connect(drop_kept)
    public_data_changed.connect(drop_copies)
    organisation_changed.connect(drop_if_shown)
