"""Pages that gather: news, information sessions, questions, glossary."""

from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal import clock

from ..numbers import Numbers, keys_in
from ..structured import questions as structured_questions
from .pages import SitePage
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

    date = models.DateField(_("date"))

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
        sessions = list(SessionPage.objects.child_of(self).live().order_by("date", "start_time")[:LISTED])
        today = clock.today()
        return {
            **super().get_context(request, *args, **kwargs),
            "coming": [session for session in sessions if session.date >= today],
            "past": [session for session in reversed(sessions) if session.date < today],
        }


class SessionPage(SitePage):
    """One information session."""

    date = models.DateField(_("date"))
    start_time = models.TimeField(_("begins at"), null=True, blank=True)
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("Leave empty for an online session."))

    parent_page_types = ["home.SessionIndexPage"]
    subpage_types = []
    template = "home/session_page.html"
    kind_of_thing = "Event"
    content_panels = [
        SitePage.content_panels[0],
        FieldPanel("date"),
        FieldPanel("start_time"),
        FieldPanel("end_time"),
        FieldPanel("place"),
        *SitePage.content_panels[1:],
    ]

    class Meta:
        verbose_name = _("information session")

    def clean(self):
        super().clean()
        if self.start_time and self.end_time and self.end_time <= self.start_time:
            raise ValidationError({"end_time": _("A session ends after it begins.")})


class QuestionsPage(SitePage):
    """Questions and answers by theme."""

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
        context["themes"] = [
            (Question.Theme(theme), list(group)) for theme, group in groupby(questions, key=lambda found: found.theme)
        ]
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
