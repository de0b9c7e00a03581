"""What tests of applications do again and again."""

from datetime import date

from django.urls import reverse
from django.utils import translation

from applications.answers import saving
from applications.models import Application
from applications.questionnaire.questions import BY_CODE
from tests.factories import sign

SOON = date(2099, 1, 31)


def url(name, *args, language="nl") -> str:
    with translation.override(language):
        return reverse(name, args=args)


def fresh(application) -> Application:
    return Application.objects.get(pk=application.pk)


def save(application, code, user, **answers):
    return saving.save_section(application, BY_CODE[code], user, answers)


def sign_again(application, lead):
    sign(fresh(application).joined_parties[0], lead.user, lead.capacity)
