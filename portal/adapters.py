"""Where django-allauth meets this project: its mails go through our outbox."""

import uuid

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse
from django.utils.translation import get_language

from . import mail


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Queue one of allauth's mails (codes and notices); its text is emptied once sent."""
        message = self.render_mail(template_prefix, email, context)
        mail.queue_text(
            key=f"account:{uuid.uuid4()}",
            to=email,
            language=get_language() or "nl",
            subject=message.subject,
            text=message.body.strip(),
            sensitive=True,
        )

    def send_account_already_exists_mail(self, email: str) -> None:
        """Someone asks for an account with an address that has one: say so to that address only."""
        login_url = self.request.build_absolute_uri(reverse("account_login"))
        self.send_mail("account/email/account_already_exists", email, {"login_url": login_url})

    def save_user(self, request, user, form, commit=True):
        """A new account keeps the language in which it was asked for."""
        user.language = get_language() or "nl"
        return super().save_user(request, user, form, commit)
