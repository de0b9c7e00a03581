"""What previews of texts and numbers show: the page on which readers find them, with the draft in its place."""

import json
from copy import copy
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.blocks import BoundBlock
from wagtail.models import Page

from partners.checklists.services import valid_on
from partners.models import Rate
from partners.partnerships import services as partnerships_services
from portal import clock

from . import notices
from .frame import frame_for
from .map import map_of
from .numbers import Numbers, keys_in

SAMPLES = 2


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


def of_site_text(text, request):
    """The page on which readers find a text of the site, with the draft on it; a sentence of a mail stands alone."""
    language = text.locale.language_code
    with translation.override(language):
        frame = copy(frame_for(language))
        if frame is not None:
            frame.carried = {**frame.carried, "texts": {**frame.texts, text.key: text.text}}
        request.previewed_frame = frame
        context = {"frame": frame, "checked": text, "text": text}
        match text.key.partition(".")[0]:
            case "not_found":
                return TemplateResponse(request, "404.html", context).render()
            case "error":
                return TemplateResponse(request, "500.html", context).render()
            case "mail":
                return TemplateResponse(request, "home/site_text_preview.html", context).render()
            case "site":
                return on_page("HomePage", language, request, frame=frame, checked=text)
            case address:
                view = resolve(reverse("interest_received" if text.key == "interest.received" else address)).func
                return view(request)


def of_notice(notice, request):
    """The first page with this notice, whatever its days."""
    language = notice.locale.language_code
    frame = copy(frame_for(language))
    if frame is not None:
        of_today = {**notices.as_carried(notice), "from": clock.today().isoformat(), "until": ""}
        frame.notices = notices.completed([of_today], language)
    return on_page(notice.preview_page, language, request, frame=frame, checked=notice)


def on_page(name: str, language: str, request, **shown):
    """The page of this kind in this language as readers see it, with what is `shown` in place of what is published."""
    pages = apps.get_model("home", name)._default_manager.filter(locale__language_code=language)
    page = pages.order_by("-live", "path").first()
    if page is None:
        raise Http404
    with translation.override(language):
        context = {**page.get_context(request), **shown}
        return TemplateResponse(request, page.get_template(request), context).render()


def around(block: BoundBlock) -> dict:
    """What a page would have read for this block: numbers as published, some questions, and two made-up sessions."""
    language = get_language()
    keys = keys_in(json.dumps(block.block.get_prep_value(block.value), default=str)) | {"years.each", "years.arrived"}
    questions = apps.get_model("home", "Question")._default_manager.filter(live=True, locale__language_code=language)
    questions = list(questions[:SAMPLES])
    keys = keys.union(*(keys_in(question.answer) for question in questions))
    return {
        "numbers": Numbers(keys | {f"rate.{code}" for code in Rate.Code}),
        "glossary": None,
        "map": map_of(partnerships_services.public_parties()) if block.block.name == "map" else None,
        "checklists": valid_on(clock.today()) if block.block.name == "checklist" else {},
        "questions": {question.translation_key: question for question in questions},
        "coming_sessions": [_sample_session(weeks) for weeks in range(1, 1 + SAMPLES)],
    }


def _sample_session(weeks: int):
    session = apps.get_model("home", "Session")(date=clock.today() + timedelta(weeks=weeks))
    page = apps.get_model("home", "SessionPage")
    return page(title=_("Information session"), url_path=f"/{get_language()}/", session=session)
