"""Images on pages: made when a page is published or previewed, never while a reader waits; and files to take along."""

import io
import re

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from PIL import ExifTags
from PIL import Image as Pixels
from wagtail.documents.models import Document
from wagtail.images.models import Image, Rendition
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, ReferenceIndex

from home import picture_tasks, pictures, prints
from tests.factories import UserFactory, small_pdf
from tests.home.translation.world import page_at

pytestmark = pytest.mark.django_db
PATH = "/nl/contact/"
TASK = "home.picture_tasks.make_in_background"


def image_of(width: int, height: int, colour: str = "teal") -> Image:
    content = io.BytesIO()
    Pixels.new("RGB", (width, height), colour).save(content, "PNG")
    return Image.objects.create(title="Pixels", file=ContentFile(content.getvalue(), "pixels.png"))


def block_of(image: Image, **more) -> dict:
    shown = {"image": image.pk, "decorative": False, "alt_text": "Een groen vlak"}
    value = {"picture": shown, "shape": "", "caption": "Groen", "credit": "Wij", **more}
    return {"type": "image", "value": value}


def embed(image: Image, alternative: str) -> dict:
    html = f'<p>Voor</p><embed embedtype="image" format="whole" id="{image.pk}" alt="{alternative}"/><p>Na</p>'
    return {"type": "text", "value": html}


def with_body(*blocks, path: str = PATH):
    page = page_at(path)
    page.body = page._meta.get_field("body").to_python(list(blocks))
    return page


def published(*blocks, path: str = PATH):
    page = with_body(*blocks, path=path)
    page.save_revision().publish()
    return page


def run_tasks() -> int:
    """What the worker would run; how many."""
    waiting = DBTaskResult.objects.ready().filter(task_path=TASK)
    for result in waiting:
        picture_tasks.make_in_background.call(*result.args_kwargs["args"], **result.args_kwargs["kwargs"])
    done = len(waiting)
    waiting.delete()
    return done


def read(path: str = PATH) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("kind", [block_of, lambda image: embed(image, "Een groen vlak")], ids=["block", "rich text"])
def test_a_reader_waits_for_no_image(kind, django_capture_on_commit_callbacks):
    image = image_of(2000, 1000)
    published(kind(image))
    # Until the worker has made them, the alternative text stands there.
    assert "Een groen vlak" in read()
    assert not Rendition.objects.exists()
    assert run_tasks() == 1
    made = Rendition.objects.count()
    assert made == len(pictures.filters_for(pictures.WHOLE))
    page = read()
    assert 'alt="Een groen vlak"' in page
    assert re.search(r'<img src="[^"]+\.jpg" width="960" height="480"', page)
    for kind_of_file, widths in (("avif", "480 960 1440"), ("webp", "480 960 1440")):
        [srcset] = re.findall(rf'<source type="image/{kind_of_file}" srcset="([^"]+)"', page)
        assert re.findall(r" (\d+)w", srcset) == widths.split()
    for address in re.findall(r"/media/images/[^\s\"]+", page):
        answer = Client().get(address)
        assert answer["Content-Type"] in ("image/avif", "image/webp", "image/jpeg")
        assert "max-age" in answer["Cache-Control"]
        assert b"".join(answer)
    assert Rendition.objects.count() == made


def test_a_preview_shows_it_at_once():
    page = with_body(block_of(image_of(300, 600)))
    page.save_revision()
    client = Client()
    client.force_login(UserFactory(groups=["Editors"]))
    draft = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
    # Never larger than it is, and with its own size.
    assert re.search(r'<img src="[^"]+\.jpg" width="300" height="600"', draft)


def test_a_wide_image_is_cut_around_its_focal_point_and_made_anew_when_that_moves():
    image = image_of(1000, 1000)
    page = published(block_of(image, shape=pictures.WIDE))
    ReferenceIndex.create_or_update_for_object(page)
    run_tasks()
    assert re.search(r'width="960" height="540"', read())
    before = set(re.findall(r"/media/images/[^\s\"]+", read()))
    image.refresh_from_db()
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 100, 900, 50, 50
    image.save()
    assert run_tasks() == 1
    after = set(re.findall(r"/media/images/[^\s\"]+", read()))
    assert after
    assert not before & after


def test_an_image_that_is_used_nowhere_is_left_alone():
    image_of(100, 100)
    assert run_tasks() == 0


def test_ten_images_take_as_many_queries_as_one(django_assert_max_num_queries):
    image = image_of(100, 100)
    published(block_of(image))
    run_tasks()
    read()
    with django_assert_max_num_queries(100) as one:
        read()
    published(*(block_of(image_of(100, 100, f"#0000{number}0")) for number in range(9)), block_of(image))
    run_tasks()
    with django_assert_max_num_queries(len(one)):
        assert read().count("<picture") == 10


def test_a_decorative_image_says_nothing():
    image = image_of(100, 100)
    shown = {"image": image.pk, "decorative": True, "alt_text": "Een groen vlak"}
    published(block_of(image, picture=shown))
    run_tasks()
    assert 'alt=""' in read()


def test_what_was_uploaded_is_not_shown_as_it_came():
    image = image_of(100, 100)
    for path in (f"/media/{image.file.name}", "/media/images/../original_images/pixels.png", "/media/images/no.png"):
        assert Client().get(path).status_code == 404


def test_a_pdf_shows_the_image():
    page = published(block_of(image_of(800, 400)), path="/nl/wat-is-hervestiging/cijfers/")
    run_tasks()
    _title, html = prints.html_of(str(page.translation_key), "nl")
    reader = pypdf.PdfReader(io.BytesIO(prints.pdf(html)))
    assert [image.image.size for page in reader.pages for image in page.images] == [(800, 400)]


# ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def document_of(content: bytes = b"%PDF-1.7 text") -> Document:
    return Document.objects.create(title="Folder", file=ContentFile(content, "folder.pdf"))


def test_a_file_says_its_kind_size_and_language_and_can_be_taken():
    found = document_of()
    published({"type": "file", "value": {"title": "De folder", "text": "", "file": found.pk, "language": "fr"}})
    page = read()
    assert "PDF, 1\u00a0kB, Frans" in page
    [address] = re.findall(r'href="[^"]*(/documents/[^"]+)" hreflang="fr"', page)
    answer = Client().get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer) == b"%PDF-1.7 text"


def test_a_file_of_a_closed_collection_is_for_nobody():
    closed = Collection.get_first_root_node().add_child(name="Closed")
    found = document_of()
    Document.objects.filter(pk=found.pk).update(collection=closed)
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=PageViewRestriction.PASSWORD)
    assert Client().get(found.url).status_code == 404


@pytest.mark.parametrize("group", ["Editors", "Publishers"])
def test_editors_upload_and_choose_files(group, clamd):
    client = Client()
    client.force_login(UserFactory(groups=[group]))
    sent = {"title": "New", "file": SimpleUploadedFile("a.pdf", small_pdf()), "collection": 1}
    assert client.post(reverse("wagtaildocs:add"), sent).status_code == 302
    assert Document.objects.get().title == "New"
    assert "New" in client.get(reverse("wagtaildocs_chooser:choose")).json()["html"]


def test_readers_do_not_learn_where_a_photo_was_taken(clamd):
    photo, content = Pixels.new("RGB", (300, 200), "teal"), io.BytesIO()
    taken = Pixels.Exif()
    taken[ExifTags.Base.Orientation] = 6
    taken.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (51.0, 3.0, 13.0)
    photo.save(content, "JPEG", exif=taken)
    client = Client()
    client.force_login(UserFactory(groups=["Editors"]))
    sent = {"title": "Photo", "file": SimpleUploadedFile("photo.jpg", content.getvalue()), "collection": 1}
    client.post(reverse("wagtailimages:add"), sent)
    published(block_of(Image.objects.get()))
    run_tasks()
    for rendition in Rendition.objects.filter(filter_spec__startswith="max-960"):
        with Pixels.open(rendition.file) as shown:
            # Upright, as the camera held it.
            assert shown.size == (200, 300)
            assert not shown.getexif()
