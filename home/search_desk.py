"""What readers seek in vain, and the synonyms that help them, in Wagtail's admin."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from . import empty_searches
from .models import EmptySearch, Synonym
from .search.stems import silent_words

NAMES = dict(settings.LANGUAGES)


def make_a_synonym(row: EmptySearch) -> SafeString:
    """A link to the form of a new synonym, with the first word that says something."""
    words = row.words.split()
    silent = silent_words(row.language)
    word = next((word for word in words if word not in silent), words[0])
    address = reverse("synonyms:add") + "?" + urlencode({"language": row.language, "word": word})
    return format_html('<a class="button button-small button-secondary" href="{}">{}</a>', address, _("Make a synonym"))


def language_of(row: EmptySearch | Synonym) -> str:
    return NAMES.get(row.language, row.language)


class EmptySearchViewSet(ModelViewSet):
    """A list of texts to write, or of synonyms to make. Nothing here is changed by hand."""

    model = EmptySearch
    name = "empty_searches"
    icon = "search"
    menu_label = gettext_lazy("Without a result")
    menu_order = 10
    copy_view_enabled = False
    index_results_template_name = "home/desk/empty_searches_results.html"
    list_display = [
        "words",
        Column("language", label=gettext_lazy("Language"), accessor=language_of, sort_key="language"),
        "times",
        "last_on",
        Column("synonym", label="", accessor=make_a_synonym),
    ]
    list_filter = ["language"]
    form_fields = ["words"]


class SettlesSearchesMixin:
    """Searches that find something now leave the list of those without a result."""

    def save_instance(self):
        synonym = super().save_instance()
        empty_searches.settle(synonym.language, synonym.word)
        return synonym


class AddSynonymView(SettlesSearchesMixin, CreateView):
    def get_initial(self):
        return {name: self.request.GET.get(name, "") for name in ("language", "word")}


class EditSynonymView(SettlesSearchesMixin, EditView):
    pass


class SynonymViewSet(ModelViewSet):
    """Words of readers that mean words of the site."""

    model = Synonym
    name = "synonyms"
    icon = "list-ul"
    menu_order = 20
    add_view_class = AddSynonymView
    edit_view_class = EditSynonymView
    copy_view_enabled = False
    list_display = [
        "word",
        "means",
        Column("language", label=gettext_lazy("Language"), accessor=language_of, sort_key="language"),
    ]
    list_filter = ["language"]
    search_fields = ["word", "means"]
    form_fields = ["language", "word", "means"]


class SearchViewSetGroup(ModelViewSetGroup):
    menu_label = gettext_lazy("Search terms")
    menu_icon = "search"
    menu_order = 240
    items = (EmptySearchViewSet, SynonymViewSet)
