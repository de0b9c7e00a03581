"""What autosave.js asks while someone types."""

from django.http import JsonResponse
from django.utils.formats import time_format
from django.utils.timezone import localtime

from portal.workflow import Refused

from ..answers import autosave


def keep(request, application, section) -> JsonResponse:
    """Keep what is typed, without a word: the page says when, or why not."""
    try:
        kept = autosave.save_draft_of_form(application, section, request.user, request.POST)
    except Refused as refusal:
        return JsonResponse({"refused": " ".join(refusal.messages)}, status=409)
    return JsonResponse({"kept": time_format(localtime(kept.saved_at), "H:i")})
