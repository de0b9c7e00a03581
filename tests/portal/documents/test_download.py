"""A document as an answer: its type, its name whatever stands in it, to be kept or to be read."""

import tempfile

import pytest
from django.http import FileResponse

from portal.documents.download import CONTENT_TYPES, as_download


@pytest.mark.parametrize("kind", CONTENT_TYPES)
def test_it_says_what_it_is_and_is_offered_under_its_name(kind):
    answer = as_download("Zoé", "F-2026-1", kind)
    assert answer["Content-Type"] == CONTENT_TYPES[kind]
    assert answer["Content-Disposition"] == f'attachment; filename="F-2026-1.{kind}"'
    assert answer.content == "Zoé".encode()
    assert as_download(b"x", "a", kind, inline=True)["Content-Disposition"] == f'inline; filename="a.{kind}"'


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("résumé", "filename*=utf-8''r%C3%A9sum%C3%A9.pdf"),
        ('a"; filename="b.html', 'filename="a\\"; filename=\\"b.html.pdf"'),
        ("a\r\nSet-Cookie: b", "filename*=utf-8''a%0D%0ASet-Cookie%3A%20b.pdf"),
    ],
)
def test_no_name_says_more_than_a_name(name, said):
    assert as_download(b"x", name, "pdf")["Content-Disposition"] == f"attachment; {said}"


@pytest.mark.django_db  # the end of a request closes old connections
def test_an_open_file_is_sent_as_it_is_read_and_closed():
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    file.write(b"PK")
    file.seek(0)
    answer = as_download(file, "F-2026-1", "zip")
    assert isinstance(answer, FileResponse)
    assert (answer["Content-Disposition"], answer["Content-Length"]) == ('attachment; filename="F-2026-1.zip"', "2")
    assert answer.getvalue() == b"PK"
    answer.close()
    assert file.closed
