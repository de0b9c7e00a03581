from wagtail import hooks

from .desk.leads import LeadViewSet
from .desk.organisations import OrganisationViewSet
from .desk.viewsets import VIEWSETS


@hooks.register("register_admin_viewset")
def register_desk():
    return [LeadViewSet(), OrganisationViewSet(), *VIEWSETS]
