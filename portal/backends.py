"""Where rights come from: from groups alone."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission


class GroupRightsBackend(ModelBackend):
    """Django's own, but that nobody has a right of one's own, and that groups and their rights are read at once."""

    def _get_user_permissions(self, user_obj):
        return Permission.objects.none()

    def get_group_permissions(self, user_obj, obj=None):
        if user_obj.is_superuser or not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return super().get_group_permissions(user_obj, obj)
        return set().union(*user_obj.rights.values())
