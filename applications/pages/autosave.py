"""What autosave.js asks while someone types."""

from django.http import JsonResponse
from django.utils.timezone import localtime

from portal.formats import time_of_day
from portal.workflow import Refused

from ..answers import autosave


def keep(request, application, section) -> JsonResponse:
    """Keep what is typed, without a word: the page says when, or why not."""
    try:
        kept = autosave.save_draft_of_form(application, section, request.user, request.POST)
    except Refused as refusal:
        return JsonResponse({"refused": " ".join(refusal.messages)}, status=409)
    return JsonResponse({"kept": time_of_day(localtime(kept.saved_at))})
