from django import template

from ..translation.editor import state_of

register = template.Library()


@register.inclusion_tag("home/translation/state.html", takes_context=True)
def translation_state(context, translation):
    return {**state_of(translation, context["request"].user), "csrf_token": context.get("csrf_token")}
