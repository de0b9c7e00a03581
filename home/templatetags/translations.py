import json

from django import template
from django.urls import reverse
from django.utils.translation import gettext
from wagtail_localize.models import Translation

from ..translation.editor import SIZES, complete_panels, state_of

register = template.Library()


@register.inclusion_tag("home/translation/state.html", takes_context=True)
def translation_state(context, translation):
    complete_panels(context["side_panels"])
    request = context["request"]
    return {**state_of(translation, request.user), "request": request, "csrf_token": context.get("csrf_token")}


@register.filter
def as_here(props: str, translation: Translation) -> str:
    """The editor's properties (JSON) with previews of more widths.

    Without the action that would show the source in the place of a translation.
    """
    read = json.loads(props)
    read["links"]["convertToAliasUrl"] = None
    if read["previewModes"]:
        labels = {"tablet": gettext("As on a tablet"), "phone": gettext("As on a phone")}
        sized = [
            {"mode": name, "label": labels[name], "url": reverse(f"preview_translation_{name}", args=[translation.pk])}
            for name in SIZES
        ]
        read["previewModes"] = [{**read["previewModes"][0], "label": gettext("As on a desktop")}, *sized]
    return json.dumps(read)
