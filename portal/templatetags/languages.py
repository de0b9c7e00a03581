from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag(takes_context=True)
def language_links(context) -> list[dict]:
    """The languages to switch to: code, name, address, current.

    A reading page brings its own `alternates`; any other page stands at the same address in each language. Where a page
    is not translated yet, the link leads to a page in that language that says so.
    """
    if "alternates" in context:
        return [{**link, "url": link["url"] or link["ask"]} for link in context["alternates"]]
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    return [
        {"code": code, "name": name, "url": translate_url(path, code), "current": code == get_language()}
        for code, name in settings.LANGUAGES
    ]
