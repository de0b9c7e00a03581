"""Where rights come from: from groups alone."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied


class GroupRightsBackend(AuthenticationBackend):
    """allauth's, but that nobody has a right of one's own, and that groups and their rights are read at once.

    The only backend that knows permissions: a second one beside it would bring back the rights of one's own.
    """

    def _get_user_permissions(self, user_obj):
        return Permission.objects.none()

    def get_group_permissions(self, user_obj, obj=None):
        if user_obj.is_superuser or not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return super().get_group_permissions(user_obj, obj)
        return set().union(*user_obj.rights.values())


def refuse_own_rights(sender, action: str, **kwargs) -> None:
    """Nobody writes a right of one's own into the database either (receives m2m_changed)."""
    if action == "pre_add":
        raise PermissionDenied("Permissions come from groups alone.")
