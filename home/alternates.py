"""The other languages of a tool: the same address with the same answers in it."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override


def same_address(request, name: str) -> list[dict]:
    """The tool with this name in each language, with what stands in the address."""
    answers = request.GET.urlencode()
    found = []
    for code, language in settings.LANGUAGES:
        with override(code):
            url = settings.SITE_URL + reverse(name)
        current = code == get_language()
        found.append(
            {"code": code, "name": language, "url": f"{url}?{answers}" if answers else url, "current": current}
        )
    return found
