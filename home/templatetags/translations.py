from django import template

from ..translation.editor import complete_panels, state_of

register = template.Library()


@register.inclusion_tag("home/translation/state.html", takes_context=True)
def translation_state(context, translation):
    complete_panels(context["side_panels"])
    return {**state_of(translation, context["request"].user), "csrf_token": context.get("csrf_token")}
