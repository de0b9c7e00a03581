"""Notices at the desk: the list, with what is new in the menu, and how one wants to be told."""

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from ..desk.views import RuleRequiredMixin
from ..models import Way
from ..permissions import is_decider, is_officer
from . import notices

A_PAGE = 25


class NoticesMixin(RuleRequiredMixin):
    rule = "portal.work_on_dossiers"
    header_icon = "comment"

    def get_subject(self):
        return None


class NoticesView(NoticesMixin, TemplateView):
    """What happened, newest first."""

    page_title = gettext_lazy("Notices")
    template_name = "portal/desk/notices.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        found = notices.visible_to(self.request.user).select_related("stands_in_for")
        paginator = Paginator(found, A_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            shown=notices.shown(page),
            page=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            unread=notices.unread(self.request.user),
            **kwargs,
        )


class OpenNoticeView(NoticesMixin, View):
    """Reads a notice and leads to what it is about."""

    http_method_names = ["get"]

    def get(self, request, *args, **kwargs):
        notice = get_object_or_404(notices.visible_to(request.user), pk=kwargs["pk"])
        notices.mark_read(request.user.notices.filter(pk=notice.pk))
        return redirect(notices.address_of(notice))


class ReadNoticesView(NoticesMixin, View):
    """Marks one as read, or all."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        found = notices.visible_to(request.user)
        if (one := request.POST.get("notice", "")).isdecimal():
            found = found.filter(pk=one)
        notices.mark_read(found)
        return redirect("desk_notices")


class ChoicesForm(forms.Form):
    """For each kind of notice, how one is told."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        for code, way in notices.ways_of(user).items():
            self.fields[code] = forms.ChoiceField(
                label=notices.KINDS[code].text, choices=Way.choices, initial=way, required=True
            )


class ChoicesView(NoticesMixin, FormView):
    page_title = gettext_lazy("How you are notified")
    template_name = "desk/form.html"
    form_class = ChoicesForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_notices"), "label": _("Notices")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(submit_button_label=_("Save"), action_url="", **kwargs)

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: notices.choose(self.request.user, form.cleaned_data),
            _("Saved."),
            reverse("desk_notices"),
        )


class NoticesMenuItem(MenuItem):
    """The entry of the menu, with how many are new."""

    def is_shown(self, request):
        return is_officer(request.user) or is_decider(request.user)

    def render_component(self, request):
        new = notices.unread(request.user)
        label = f"{self.label} ({new})" if new else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, classname=self.classname)


URLS = [
    path("notices/", NoticesView.as_view(), name="desk_notices"),
    path("notices/read/", ReadNoticesView.as_view(), name="desk_notices_read"),
    path("notices/choices/", ChoicesView.as_view(), name="desk_notice_choices"),
    path("notices/<int:pk>/", OpenNoticeView.as_view(), name="desk_notice"),
]


def menu_item() -> MenuItem:
    return NoticesMenuItem(
        gettext_lazy("Notices"), reverse("desk_notices"), name="notices", icon_name="comment", order=100
    )
