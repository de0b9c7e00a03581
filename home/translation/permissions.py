"""Who may write which language: editors and publishers all, translators their own."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail.permission_policies.base import ModelPermissionPolicy
from wagtail_localize.models import Translation

from portal.models import User
from portal.permissions import EDITORS, LANGUAGE_TRANSLATORS, PUBLISHERS, TRANSLATORS

from ..missing import translation_into

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def is_author(user: User) -> bool:
    """Whether someone writes sources too, in any language."""
    return user.is_superuser or not user.rights.keys().isdisjoint({EDITORS, PUBLISHERS})


def languages_of(user: User) -> set[str]:
    """The languages in which someone may change texts."""
    if not user.is_active:
        return set()
    if is_author(user):
        return set(LANGUAGES)
    groups = user.rights.keys()
    found = {code for code, group in LANGUAGE_TRANSLATORS.items() if group in groups}
    return found | (set(LANGUAGE_TRANSLATORS) if TRANSLATORS in groups else set())


def may_write(user: User, instance) -> bool:
    """Whether this person may change the texts of this page or snippet: translators, what is a translation."""
    if instance.locale.language_code not in languages_of(user):
        return False
    if not is_author(user) and translation_into(instance) is None:
        return False
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return user.has_perm(f"{instance._meta.app_label}.change_{instance._meta.model_name}")


def may_publish(user: User, instance) -> bool:
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_publish()
    return user.has_perm(f"{instance._meta.app_label}.publish_{instance._meta.model_name}")


def own_translation(user: User, translation_id: int) -> Translation:
    """The translation with this id; PermissionDenied where this person may not write its language."""
    translation = get_object_or_404(Translation.objects.select_related("source", "target_locale"), pk=translation_id)
    if not may_write(user, translation.get_target_instance()):
        raise PermissionDenied
    return translation


class LanguagePolicy(ModelPermissionPolicy):
    """For snippets: what someone may do with a kind of them holds for those in the languages that they write.

    To look at them is open in all languages: the source stands beside each translation.
    """

    def user_has_any_permission_for_instance(self, user, actions, instance):
        if not self.user_has_any_permission(user, actions):
            return False
        return "view" in actions or may_write(user, instance)
