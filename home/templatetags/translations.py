import json

from django import template

from ..translation.editor import complete_panels, state_of

register = template.Library()


@register.inclusion_tag("home/translation/state.html", takes_context=True)
def translation_state(context, translation):
    complete_panels(context["side_panels"])
    request = context["request"]
    return {**state_of(translation, request.user), "request": request, "csrf_token": context.get("csrf_token")}


@register.filter
def without_alias(props: str) -> str:
    """The editor's properties (JSON) without the action that would show the source in the place of a translation."""
    read = json.loads(props)
    read["links"]["convertToAliasUrl"] = None
    return json.dumps(read)
