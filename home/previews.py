"""What previews of texts and numbers show: the page on which readers find them, with the draft in its place."""

from dataclasses import dataclass

from django.apps import apps
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import translation
from wagtail.models import Page


@dataclass(frozen=True)
class Place:
    """A page or a text on which readers find something; a text has no address."""

    title: str
    address: str = ""


def places_naming(key: str, language: str) -> list[Place]:
    """The published pages and texts in this language that name this number."""
    models = {model._meta.model_name: model for model in apps.get_app_config("home").get_models()}
    page_models = [model for model in models.values() if issubclass(model, Page)]
    pages = [
        page
        for model in page_models
        for page in model._default_manager.filter(live=True, locale__language_code=language)
        if key in page.number_keys()
    ]
    named = {"live": True, "locale__language_code": language}
    questions = models["question"]._default_manager.filter(answer__contains=f"{{{key}}}", **named)
    terms = models["term"]._default_manager.filter(definition__contains=f"{{{key}}}", **named)
    return [*(Place(page.title, page.url_path) for page in pages), *(Place(str(text)) for text in (*questions, *terms))]


def on_page(name: str, language: str, request, **shown):
    """The page of this kind in this language as readers see it, with what is `shown` in place of what is published."""
    pages = apps.get_model("home", name)._default_manager.filter(locale__language_code=language)
    page = pages.order_by("-live", "path").first()
    if page is None:
        raise Http404
    with translation.override(language):
        context = {**page.get_context(request), **shown}
        return TemplateResponse(request, page.get_template(request), context).render()
