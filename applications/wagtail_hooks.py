import rules
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from .desk import advice
from .desk.inbox import bulk_actions, home_panel
from .desk.viewsets import VIEWSETS

hooks.register("construct_homepage_panels", home_panel.add_to)
for action in bulk_actions.ACTIONS:
    hooks.register("register_bulk_action", action)


@hooks.register("interest_actions")
def offer_a_draft(lead, user):
    """What this room can do with an expression of interest at the desk."""
    return [(_("Open an application for them"), reverse("desk_applications:open_draft", args=[lead.pk]))]


@hooks.register("absence_links")
def hand_over(user):
    """What this room adds to the page of one's absence."""
    if rules.has_perm("applications.hand_over", user):
        yield _("Hand over the dossiers of a colleague"), reverse("desk_applications:hand_over")


@hooks.register("register_admin_viewset")
def register_desk():
    return VIEWSETS


@hooks.register("register_admin_menu_item")
def register_advice():
    return advice.menu_item()
