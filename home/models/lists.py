"""Pages that gather: news, information sessions, questions, glossary."""

from itertools import groupby

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal import clock

from ..numbers import Numbers, keys_in
from ..open_questions import open_questions
from ..structured import questions as structured_questions
from .pages import SitePage
from .sessions import Session
from .snippets import Question, Term

LISTED = 50


class NewsIndexPage(SitePage):
    """The news, newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]
    template = "home/news_index_page.html"

    class Meta:
        verbose_name = _("news")

    def items(self):
        return NewsPage.objects.child_of(self).live().order_by("-date", "-pk")[:LISTED]

    def get_context(self, request, *args, **kwargs):
        items = list(self.items())
        numbers = Numbers(set().union(*(keys_in(item.intro) for item in items)) | self.number_keys())
        return {**super().get_context(request, *args, **kwargs), "items": items, "numbers": numbers}


class NewsPage(SitePage):
    """One piece of news."""

    date = models.DateField(_("date"), default=clock.today)

    parent_page_types = ["home.NewsIndexPage"]
    subpage_types = []
    template = "home/news_page.html"
    kind_of_thing = "NewsArticle"
    content_panels = [SitePage.content_panels[0], FieldPanel("date"), *SitePage.content_panels[1:]]

    class Meta:
        verbose_name = _("piece of news")


class SessionIndexPage(SitePage):
    """Information sessions: those to come, and those that were."""

    parent_page_types = ["home.HomePage", "home.InformationPage"]
    subpage_types = ["home.SessionPage"]
    template = "home/session_index_page.html"

    class Meta:
        verbose_name = _("information sessions")

    def get_context(self, request, *args, **kwargs):
        pages = SessionPage.objects.child_of(self).live().select_related("session")
        pages = list(pages.order_by("session__date", "session__start_time")[:LISTED])
        return {
            **super().get_context(request, *args, **kwargs),
            "coming": [page for page in pages if not page.session.is_past],
            "past": [page for page in reversed(pages) if page.session.is_past],
        }


class SessionPage(SitePage):
    """One information session."""

    session = models.ForeignKey(
        Session,
        on_delete=models.PROTECT,
        related_name="pages",
        verbose_name=_("session"),
        limit_choices_to={"live": True},
    )
    agenda = models.TextField(
        _("agenda"),
        blank=True,
        max_length=1500,
        help_text=_("One point on each line, with its hour in front if you like. It is translated as the other texts."),
    )

    parent_page_types = ["home.SessionIndexPage"]
    subpage_types = []
    template = "home/session_page.html"
    kind_of_thing = "Event"
    content_panels = [
        SitePage.content_panels[0],
        FieldPanel("session", help_text=_("Plan it first, in the menu Information sessions."), widget=forms.Select),
        FieldPanel("agenda"),
        *SitePage.content_panels[1:],
    ]

    class Meta:
        verbose_name = _("page of an information session")

    @property
    def points(self) -> list[str]:
        """The agenda, point by point."""
        return [line.strip() for line in self.agenda.splitlines() if line.strip()]

    def get_context(self, request, *args, **kwargs):
        free = self.session.free_seats if self.session.is_open else None
        context = super().get_context(request, *args, **kwargs)
        return {**context, "session": self.session, "points": self.points, "free_seats": free}


class QuestionsPage(SitePage):
    """Questions and answers by theme, and what is not answered yet."""

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    template = "home/questions_page.html"
    kind_of_thing = "FAQPage"

    class Meta:
        verbose_name = _("questions and answers")

    def get_context(self, request, *args, **kwargs):
        order = {theme: place for place, theme in enumerate(Question.Theme)}
        questions = sorted(
            Question.objects.filter(locale=self.locale_id, live=True),
            key=lambda question: (order[question.theme], question.order, question.pk),
        )
        keys = set().union(*(keys_in(question.answer) for question in questions))
        context = super().get_context(request, *args, **kwargs)
        context["numbers"] = Numbers(keys | self.number_keys())
        answered = [question for question in questions if question.is_answered]
        context["themes"] = [
            (Question.Theme(theme), list(group)) for theme, group in groupby(answered, key=lambda found: found.theme)
        ]
        context["open_questions"] = open_questions(self.locale_id, questions)
        # All of them, or one by its key: without a script, too.
        context["needs_block_styles"] = True
        context["opened"] = request.GET.get("open", "") if request else ""
        context["structured_data"][0]["mainEntity"] = structured_questions(context["themes"], context["numbers"].say)
        return context


class GlossaryPage(SitePage):
    """The words of the field, in the alphabet of the language."""

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    template = "home/glossary_page.html"

    class Meta:
        verbose_name = _("glossary")

    def get_context(self, request, *args, **kwargs):
        terms = sorted(Term.objects.filter(locale=self.locale_id, live=True), key=lambda found: found.term.casefold())
        context = super().get_context(request, *args, **kwargs)
        keys = set().union(*(keys_in(term.definition) for term in terms))
        context["numbers"] = Numbers(keys | self.number_keys())
        context["terms"] = terms
        return context
