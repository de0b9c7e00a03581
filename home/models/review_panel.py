"""Where the editor of a page says when it is looked at again."""

from wagtail.admin.panels import Panel

from portal import clock

from ..missing import translation_into
from .upkeep import PageReview


class ReviewPanel(Panel):
    """Shows nothing for what readers do not see, and for translations."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/desk/review_panel.html"

        def is_shown(self):
            page = self.instance
            return bool(page.pk) and page.live and page.alias_of_id is None and translation_into(page) is None

        def get_context_data(self, parent_context=None):
            review = PageReview.shown_for(self.instance)
            context = super().get_context_data(parent_context)
            return {**context, "review": review, "is_due": review.review_by <= clock.today()}
