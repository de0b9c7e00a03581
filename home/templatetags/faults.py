"""Faults of a text: noted in its preview, and listed at the desk."""

from django import template
from django.utils import translation
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.models import TranslatableMixin

from ..content_checks.faults import Fault, faults_of
from ..content_checks.panel import ATTRIBUTE, FOUND_BY_WAGTAIL

register = template.Library()


def noted_faults(context) -> list[Fault]:
    """Of what the panel previews, in the language of who looks; for readers nothing is looked for."""
    request = context.get("request")
    if not getattr(request, "in_preview_panel", False):
        return []
    if "faults" not in context:
        checked = context.get("checked") or context.get("page")
        with translation.override(desk_language(request.user)):
            found = faults_of(checked) if isinstance(checked, TranslatableMixin) else []
        context.dicts[0]["faults"] = [fault for fault in found if fault.kind not in FOUND_BY_WAGTAIL]
    return context["faults"]


def desk_language(user) -> str:
    profile = getattr(user, "wagtail_userprofile", None)
    return profile.get_preferred_language() if profile else user.language


def notes(context, block_id: str) -> SafeString:
    """Those of one block of the body; with no block, those of title, introduction and description."""
    found = [fault for fault in noted_faults(context) if fault.block_id == block_id]
    if not found:
        return SafeString("")
    language = desk_language(context["request"].user)
    rows = [(ATTRIBUTE, fault.kind.value, language, fault.message) for fault in found]
    return format_html_join("", '<p class="fault" {}="{}" lang="{}">{}</p>', rows)


@register.simple_tag(takes_context=True)
def fault_notes(context) -> SafeString:
    return notes(context, "")


@register.inclusion_tag("home/faults.html")
def faults_as_saved(instance) -> dict:
    """For who approves: what is wrong with the latest draft of a page or text."""
    if not isinstance(instance, TranslatableMixin) or not instance.pk:
        return {"is_checked": False}
    return {"is_checked": True, "faults": faults_of(instance.get_latest_revision_as_object())}
