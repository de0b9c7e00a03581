from wagtail import hooks

from .desk.interest import InterestViewSet
from .desk.organisations import OrganisationViewSet
from .desk.viewsets import VIEWSETS


@hooks.register("register_admin_viewset")
def register_desk():
    return [InterestViewSet(), OrganisationViewSet(), *VIEWSETS]
