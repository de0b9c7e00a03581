from wagtail import hooks

from .desk.viewsets import VIEWSETS


@hooks.register("register_admin_viewset")
def register_desk():
    return VIEWSETS
