"""What people send goes through one door: no field, form or verb of the project has a way around it."""

import ast
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import get_resolver, reverse
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from portal.files import form_fields, receiving
from portal.files.editor_uploads import JudgedFile
from portal.models import StoredFile
from tests.at_desk import client_at_desk
from tests.clamav import EICAR
from tests.factories import UserFactory, small_pdf
from tests.hostile import image, jpeg_with

ROOT = Path(settings.BASE_DIR)
ROOMS = ("portal", "partners", "applications", "home")
# The last two read names alone.
DOOR = {
    "portal/files/form_fields.py",
    "portal/files/editor_uploads.py",
    "portal/accounts/post_resume.py",
    "portal/outage/middleware.py",
}
# What the portal makes itself, and where.
MADE_HERE = {"applications.Letter.stored", "applications.Preview.stored", "home.PrintedPage.file"}
MAKERS = {"applications/workflow/decision.py", "applications/attachments/services.py", "home/prints.py"}
# Wagtail's own fields: filled by its forms for images and documents alone, of which the bases are ours.
WAGTAILS = {
    "wagtaildocs.Document.file",
    "wagtailimages.Image.file",
    "wagtailimages.Rendition.file",
    "wagtailcore.UploadedFile.file",
    # Switched off (portal/files/editor_uploads.py).
    "wagtailusers.UserProfile.avatar",
}
# Forms of Wagtail's own that take files.
WAGTAILS_FORMS = {
    # Switched off.
    "wagtail.admin.forms.account.AvatarPreferencesForm.avatar",
    # Read line by line into redirects and thrown away; for superusers alone.
    "wagtail.contrib.redirects.forms.ImportForm.import_file",
}


OURS = form_fields.IncomingFileField | form_fields.IncomingFilesField | form_fields.PassingFileField


def fields_with_bytes() -> set[str]:
    """Every field of every model that holds bytes, or leads to a StoredFile."""
    return {
        f"{field.model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField | models.BinaryField)
        or (field.related_model is StoredFile and not field.auto_created)
    }


def test_every_field_that_holds_a_persons_bytes_is_registered_at_the_door():
    registered = {f"{model._meta.label}.{field}" for model, field in receiving.HOLDERS}
    assert registered
    assert fields_with_bytes() == {"portal.StoredFile.content"} | MADE_HERE | WAGTAILS | registered


def sources() -> dict[str, ast.Module]:
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text())
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
    }


def calls(tree: ast.Module, owner: str, name: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
        and getattr(node.func.value, "id", "") == owner
    ]


def test_only_what_the_portal_makes_is_stored_without_the_door():
    found = sources()
    assert {name for name, tree in found.items() if calls(tree, "store", "store")} == MAKERS | {
        "portal/files/receiving.py"
    }
    with_sender = {
        name
        for name, tree in found.items()
        for call in calls(tree, "store", "store")
        if any(keyword.arg in ("sent_by", None) for keyword in call.keywords)
    }
    assert with_sender == {"portal/files/receiving.py"}
    made = {name for name, tree in found.items() if "StoredFile" in {n.func.id for n in names_called(tree)}}
    assert made == {"portal/files/store.py"}


def names_called(tree: ast.Module) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]


def test_no_form_of_the_project_takes_a_file_by_a_field_of_its_own():
    """By source, for fields that a form makes only when it is used; by class, for all others."""
    inputs = {"FileField", "ImageField", "FileInput", "ClearableFileInput", "MultipleFileField"}
    own = {
        name
        for name, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in inputs and getattr(node.value, "id", "") == "forms"
    }
    assert own == {"portal/files/form_fields.py"}
    # Importing the addresses imports every view with its forms.
    assert get_resolver().url_patterns
    wrong = {
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in all_subclasses(forms.BaseForm)
        if not issubclass(form, JudgedFile)
        for name, field in getattr(form, "base_fields", {}).items()
        if (isinstance(field, forms.FileField) or isinstance(field.widget, forms.FileInput))
        and not isinstance(field, OURS)
    }
    assert wrong - WAGTAILS_FORMS == set()


def all_subclasses(kind: type) -> set[type]:
    return {found for child in kind.__subclasses__() for found in (child, *all_subclasses(child))}


def test_views_hand_files_to_a_form_and_do_not_read_them():
    readers = {
        f"{name}:{node.lineno}"
        for name, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript | ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "FILES"
        and name not in DOOR
    }
    assert readers == set()


def test_every_page_with_a_file_to_choose_says_who_types():
    """So that a file which is lost with its session is named (portal/accounts/post_resume.py)."""
    forms_with_files = [path for path in (ROOT / "templates").rglob("*.html") if "multipart/" in path.read_text()]
    assert len(forms_with_files) >= 2
    assert [path.name for path in forms_with_files if "{% typed_by %}" not in path.read_text()] == []


def test_the_door_takes_nothing_that_was_not_judged():
    with pytest.raises(TypeError):
        receiving.receive(b"%PDF-1.4", None)


# ── Editors ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_wagtails_forms_for_files_are_ours():
    assert issubclass(get_image_form(get_image_model()), JudgedFile)
    assert issubclass(get_document_form(apps.get_model("wagtaildocs", "Document")), JudgedFile)


@pytest.fixture
def media(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("photo.jpg", image("JPEG"), 1),
        ("photo.jpg", jpeg_with(EICAR), 0),
        ("photo.jpg", image("JPEG") + b"<script>", 0),
        ("photo.gif", b"GIF89a" + b"\0" * 50, 0),
        ("photo.svg", b"<svg><script>alert(1)</script></svg>", 0),
    ],
)
def test_an_image_of_an_editor_is_judged_and_scanned(name, content, kept, clamd, media):
    client = client_at_desk(UserFactory(groups=["Editors"]))
    sent = {"title": "A photo", "file": SimpleUploadedFile(name, content), "collection": 1}
    client.post(reverse("wagtailimages:add"), sent)
    assert get_image_model().objects.filter(title="A photo").count() == kept


def test_a_file_that_wagtail_puts_aside_is_judged_and_named_by_what_it_is(clamd, media):
    """As its page for several files does where only the title is wrong."""
    client = client_at_desk(UserFactory(groups=["Editors"]))
    for content in (small_pdf(), small_pdf() + b"<script>"):
        sent = {"title": "x" * 300, "files[]": SimpleUploadedFile("form.html", content), "collection": 1}
        client.post(reverse("wagtaildocs:add_multiple"), sent, headers={"X-Requested-With": "XMLHttpRequest"})
    aside = apps.get_model("wagtailcore", "UploadedFile").objects.get()
    assert aside.file.name.endswith("form.html.pdf")


def test_an_image_is_not_taken_while_the_scanner_is_away(media):
    client = client_at_desk(UserFactory(groups=["Editors"], language="en"))
    sent = {"title": "A photo", "file": SimpleUploadedFile("photo.jpg", image("JPEG")), "collection": 1}
    assert "The virus check does not answer now." in client.post(reverse("wagtailimages:add"), sent).content.decode()
    assert not get_image_model().objects.filter(title="A photo").exists()


def test_nobody_puts_a_profile_picture_in(media):
    client = client_at_desk(UserFactory(groups=["Editors"]))
    address = reverse("wagtailadmin_account")
    assert "avatar-avatar" not in client.get(address).content.decode()
    client.post(address, {"avatar-avatar": SimpleUploadedFile("x.svg", small_pdf())})
    assert not apps.get_model("wagtailusers", "UserProfile").objects.exclude(avatar="").exists()
