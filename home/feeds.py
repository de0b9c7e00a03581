"""The news as Atom feeds."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal import clock

from .models import NewsPage
from .numbers import Numbers, keys_in

LATEST = 20


class NewsFeed(Feed):
    """The news of one language, for feed readers."""

    feed_type = Atom1Feed

    def title(self):
        return _("News about resettlement")

    def link(self):
        return f"/{get_language()}/"

    def items(self):
        pages = NewsPage.objects.live().filter(locale__language_code=get_language())
        return list(pages.order_by("-date", "-pk")[:LATEST])

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return Numbers(keys_in(item.intro)).say(item.intro)

    def item_link(self, item):
        return settings.SITE_URL + item.url_path

    def item_updateddate(self, item):
        return item.last_published_at or clock.now()
