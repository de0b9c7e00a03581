"""The words of a mail: subject, text and HTML page from one template, and the message that goes out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from ..models import Mail

# Gives what editors put before and after the facts of a mail, in the active language (home/site_texts.py).
AROUND: list[Callable[[str, Mapping[str, str]], tuple[str, str]]] = []
TEXT, PAGE = "mail/layout/text.txt", "mail/layout/page.html"


@dataclass(frozen=True)
class Words:
    subject: str
    text: str
    html: str


def sentences_around(template: str, known: Mapping[str, str]) -> tuple[str, str]:
    """The first and the last sentence of this mail; empty where editors wrote none."""
    for around in AROUND:
        return around(template, known)
    return "", ""


def words(template: str, context: dict, language: str) -> Words:
    """templates/mail/<template>.txt in `language`: rendered in the layout of a text, and in that of a page."""
    context = {"site_url": settings.SITE_URL, "team_email": settings.TEAM_EMAIL, "language": language, **context}
    with translation.override(language):
        context["opening"], context["closing"] = sentences_around(
            template, {"site_url": settings.SITE_URL, "team_email": settings.TEAM_EMAIL}
        )
        text, html = (
            render_to_string(f"mail/{template}.txt", {**context, "layout": layout, "as_page": layout == PAGE})
            for layout in (TEXT, PAGE)
        )
    subject, _, body = text.strip().partition("\n")
    return Words(" ".join(subject.split())[:250], body.strip() + "\n", html.strip() + "\n")


class WordsByLanguage(dict[str, Words]):
    """One mail to several people: rendered once in each language in which one of them reads it.

    So `context` names no recipient.
    """

    def __init__(self, template: str, context: dict):
        super().__init__()
        self.template, self.context = template, context

    def __missing__(self, language: str) -> Words:
        self.render([language])
        return self[language]

    def render(self, languages: Iterable[str]) -> None:
        """Do so now, rather than where each is first asked for."""
        for language in languages:
            self[language] = words(self.template, self.context, language)


def message_for(mail: Mail) -> EmailMultiAlternatives:
    """The message as it goes out: the same Message-ID at each attempt, so that a repeat can be recognised.

    With BOUNCE_EMAIL set the envelope names a sender for this mail alone, to which a failure comes back.
    """
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        from_email=envelope_sender(mail),
        to=[mail.to],
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": f"<{mail.uuid}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
        },
        connection=get_connection(settings.MAIL_SERVER_BACKEND),
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        message.attach("session.ics", mail.calendar, "text/calendar")
    return message


def envelope_sender(mail: Mail) -> str:
    """bounce+<uuid>@… where BOUNCE_EMAIL is bounce@…; else the sender that people see."""
    if not settings.BOUNCE_EMAIL:
        return settings.DEFAULT_FROM_EMAIL
    name, _, domain = settings.BOUNCE_EMAIL.rpartition("@")
    return f"{name}+{mail.uuid}@{domain}"
