"""What the pictures of docs/ show, put into the running site's database (scripts/pictures.py)."""

from datetime import datetime, timedelta

from wagtail.models import Page
from wagtail.users.models import UserProfile

from applications.models import Decision
from applications.review import assignment
from home.models import HomePage, InformationPage, Question
from portal import clock
from portal.models import User

from . import consortia

TEXTS = {
    "nl": {
        "title": "Buren die helpen",
        "intro": "Buren wijzen een gezin de weg: naar de school, de winkel en de dokter.",
        "heading": "Wat buren doen",
        "text": "<p>Ze gaan de eerste keer mee naar school. Een gezin blijft {home_months} maanden in de woning.</p>",
    },
    "fr": {
        "title": "Des voisins qui aident",
        "intro": "Les voisins montrent le chemin à une famille : l’école, le magasin et le médecin.",
        "heading": "Ce que font les voisins",
        "text": "<p>Ils vont à l’école avec elle. Une famille reste {home_months} mois dans le logement.</p>",
    },
}


def someone(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example")


def speak(name: str, language: str) -> None:
    """The admin speaks this language to this demo account."""
    UserProfile.objects.update_or_create(user=someone(name), defaults={"preferred_language": language})


# ── docs/officer ──────────────────────────────────────────────────────────────────────────────────────────────────────
def prepared_decision() -> tuple[int, int]:
    """The key of a dossier that waits for its decision, and of the decision."""
    consortia.two_prepared()
    officer = someone("officer")
    decision = Decision.objects.filter(state="prepared").first()
    assignment.assign_to(decision.application, officer, officer)
    return decision.application_id, decision.pk


# ── docs/editor ───────────────────────────────────────────────────────────────────────────────────────────────────────
def drafts() -> dict[str, int]:
    """A page to write below the first page of each language; its key."""
    return {language: draft(language).pk for language in TEXTS}


def draft(language: str) -> InformationPage:
    words = TEXTS[language]
    page = InformationPage(
        title=words["title"],
        intro=words["intro"],
        body=[("heading", words["heading"]), ("text", words["text"])],
        owner=someone("editor"),
        live=False,
    )
    HomePage.objects.get(locale__language_code=language).add_child(instance=page)
    page.save_revision()
    return page


def work_that_waits() -> int:
    """A page for approval, a question at a set time and a page to translate; the key of that one in French."""
    waiting = Page.objects.get(url_path="/nl/privacy/").specific
    waiting.save_revision(user=someone("editor"))
    waiting.get_workflow().start(waiting, someone("editor"))

    question = Question.objects.filter(locale__language_code="nl", live=True).first()
    day = clock.today() + timedelta(days=7)
    question.go_live_at = datetime(day.year, day.month, day.day, 9, tzinfo=clock.now().tzinfo)
    question.save_revision().publish(user=someone("publisher"))

    source = Page.objects.get(url_path="/nl/contact/").specific
    source.intro = "Stel uw vraag. U krijgt binnen twee weken een antwoord."
    source.save_revision().publish()
    return source.get_translations().get(locale__language_code="fr").pk
