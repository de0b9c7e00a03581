from wagtail import hooks

from .desk.finder import ConversationViewSet, NoticeViewSet
from .desk.interest import InterestViewSet
from .desk.organisations import OrganisationViewSet
from .desk.viewsets import VIEWSETS


@hooks.register("register_admin_viewset")
def register_desk():
    return [InterestViewSet(), OrganisationViewSet(), NoticeViewSet(), ConversationViewSet(), *VIEWSETS]
