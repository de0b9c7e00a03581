"""A page as PDF: an address that works when the PDF is ready, and says what to do until then."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.files import store

from . import prints
from .forms import MailMeForm
from .models.printed import COUNCIL_ZIP, DOCUMENTS


@never_cache
def printed(request, key):
    """The kept PDF; while there is none yet, a page that says so and offers a mail."""
    language = get_language()
    page = None if key in DOCUMENTS else prints.printable(key, language)
    if key not in DOCUMENTS and page is None:
        raise Http404
    found = prints.ask(key, language)
    if found.file and request.method != "POST":
        return store.serve(found.file, attachment=key == COUNCIL_ZIP)
    form = MailMeForm(request.POST or None, request=request)
    if form.is_bound and form.is_valid():
        prints.ask_for_mail(found, form.cleaned_data["email"])
        return redirect("print_asked")
    return render(request, "home/printed.html", {"form": form, "page": page, "key": key}, status=202)


@never_cache
@require_safe
def asked(request):
    return render(request, "home/print_asked.html")
