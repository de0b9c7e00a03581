"""What visitors read: home, information and story pages."""

from django.conf import settings
from django.db import models
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from partners.support import rates_on
from portal import clock

from .blocks import BodyBlock

CACHE_SECONDS = 60


class SitePage(Page):
    """What all our pages share: an introduction, a body, languages, navigation, and one cache policy."""

    intro = models.TextField(_("introduction"), help_text=_("One or two sentences that stand first, in large letters."))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]

    class Meta:
        abstract = True

    def serve(self, request, *args, **kwargs):
        """A page is the same for everyone: it sets no cookie, and any cache may keep it for a minute."""
        response = super().serve(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=CACHE_SECONDS)
        return response

    def get_context(self, request, *args, **kwargs):
        home = self.home
        return {
            **super().get_context(request, *args, **kwargs),
            "home": home,
            "navigation": list(home.get_children().live().in_menu()),
            "alternates": self.alternates(request),
            "rates": rates_on(clock.today()),
            "targets": self.targets(),
        }

    def targets(self) -> dict:
        """The pages to which this page's doors lead, in this page's language, by translation key."""
        doors = [door for block in self.body if block.block_type == "doors" for door in block.value]
        keys = {door["page"].translation_key for door in doors if door["page"]}
        return {
            page.translation_key: page
            for page in Page.objects.live().filter(translation_key__in=keys, locale=self.locale_id)
        }

    @property
    def home(self) -> Page:
        """The home page in this page's language."""
        return self if self.depth == 2 else self.get_ancestors().get(depth=2)

    def alternates(self, request) -> list[dict]:
        """This page in each language of the site: code, name, address (None where it is not translated yet)."""
        urls = {page.locale_id: page.get_full_url(request) for page in self.get_translations(inclusive=True).live()}
        locales = {locale.language_code: locale.pk for locale in Locale.objects.all()}
        return [
            {
                "code": code,
                "name": name,
                "url": urls.get(locales.get(code)),
                "current": locales.get(code) == self.locale_id,
            }
            for code, name in settings.LANGUAGES
        ]


class HomePage(SitePage):
    """The first page of a language."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.InformationPage", "home.StoryPage"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")


class InformationPage(SitePage):
    """A page that explains one thing."""

    parent_page_types = ["home.HomePage", "home.InformationPage"]
    subpage_types = ["home.InformationPage"]
    template = "home/information_page.html"

    class Meta:
        verbose_name = _("information page")


class StoryPage(SitePage):
    """A page that tells what happened somewhere."""

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    template = "home/story_page.html"

    class Meta:
        verbose_name = _("story page")


class ShippedPage(models.Model):
    """What `load_site` last wrote to a page, so that it never overwrites an editor's change."""

    translation_key = models.UUIDField()
    language = models.CharField(max_length=5)
    digest = models.CharField(max_length=64)
    revision_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "language"], name="shipped_page_once_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.translation_key} {self.language}"
