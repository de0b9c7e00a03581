"""What the tests of translations share: a page, its translation, and what people do with both."""

import re
from io import BytesIO

import polib
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from portal.models import User

DUTCH = "/nl/contact/"
GERMAN = "/de/kontakt/"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_at(path: str):
    return Page.objects.get(url_path=path).specific


def translation_of(instance, language: str) -> Translation:
    """As it stands in the database now."""
    return Translation.objects.get(
        source=TranslationSource.objects.get_for_instance(instance), target_locale__language_code=language
    )


def edit_url(instance) -> str:
    if isinstance(instance, Page):
        return reverse("wagtailadmin_pages:edit", args=[instance.pk])
    return reverse(f"wagtailsnippets_home_{instance._meta.model_name}:edit", args=[instance.pk])


def segment_with(translation: Translation, source: str) -> StringSegment:
    return translation.source.stringsegment_set.get(string__data=source)


def translate(client: Client, translation: Translation, source: str, text: str):
    """Type the translation of one text in the editor."""
    url = f"/admin/localize/translate/{translation.pk}/strings/{segment_with(translation, source).pk}/edit/"
    # As the editor's script sends it.
    body = f'--x\r\nContent-Disposition: form-data; name="value"\r\n\r\n{text}\r\n--x--\r\n'
    return client.put(url, body.encode(), content_type="multipart/form-data; boundary=x")


def downloaded(client: Client, translation: Translation) -> polib.POFile:
    response = client.get(f"/admin/localize/translate/{translation.pk}/pofile/download/")
    return polib.pofile(response.content.decode())


def upload(client: Client, translation: Translation, po: polib.POFile | str) -> str:
    """Upload a PO file; what is said then."""
    file = BytesIO(str(po).encode())
    file.name = "page.po"
    url = f"/admin/localize/translate/{translation.pk}/pofile/upload/"
    response = client.post(url, {"file": file}, follow=True)
    return " ".join(str(message) for message in response.context["messages"])


def change_dutch(page, user: User | None = None, **values):
    """An editor's change of the source, published."""
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision(user=user).publish(user=user)
    return page


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", html)


def locale(language: str) -> Locale:
    return Locale.objects.get(language_code=language)
