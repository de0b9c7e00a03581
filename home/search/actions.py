"""Tools and files of the site that the search offers: what one can do here, by the names of their addresses."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Offered:
    """Something to do or to download. `words`: what readers call it, beside its title."""

    name: str
    address: str
    title: str | Promise
    summary: str | Promise
    words: str | Promise


ACTIONS = (
    Offered(
        "calculator",
        "calculator",
        _("Calculate your support"),
        _("For your households, for one year or two, and compare."),
        _("calculator, calculation, estimate, amount, what we receive"),
    ),
    Offered(
        "check",
        "eligibility",
        _("Does a partnership suit you?"),
        _("Six questions, without an account."),
        _("check, test, quiz, suitable for us, conditions"),
    ),
    Offered(
        "interest",
        "interest",
        _("Talk with the team"),
        _("Tell us who you are. Someone from the team will contact you."),
        _("interest, appointment, meeting, call, ask a question, contact form"),
    ),
    Offered(
        "apply",
        "applications:start",
        _("Begin an application"),
        _("You sign in with a code that we mail you."),
        _("apply, candidate, become a partner, submit, dossier"),
    ),
    Offered(
        "sign-in",
        "account_login",
        _("Sign in"),
        _("To your applications and your organisation."),
        _("log in, login, account, portal, password, code, my page, registration"),
    ),
)
FILES = (
    Offered(
        "council-pack",
        "council_pack",
        _("Pack for your council (PDF)"),
        _("All that a council asks: explanation, sample decision, support, questions and answers."),
        _("council pack, council, file, dossier, decision, sample, download, PDF, print"),
    ),
    Offered(
        "council-zip",
        "council_zip",
        _("Pack for your council (ZIP)"),
        _("Its parts one by one, some to fill in."),
        _("council pack, council, file, dossier, download, ZIP, Word, DOCX"),
    ),
    Offered(
        "board-pack",
        "board_pack",
        _("One page for the board of your organisation (PDF)"),
        _("For the board of a non-profit organisation."),
        _("board, non-profit, general assembly, decision, download, PDF, print"),
    ),
    Offered(
        "brochure",
        "brochure",
        _("The brochure as PDF"),
        _("All about partnerships, to print and to pass on."),
        _("brochure, folder, leaflet, download, PDF, print"),
    ),
    Offered(
        "questionnaire",
        "questionnaire",
        _("All questions of an application, as PDF"),
        _("To read and to prepare your answers."),
        _("questionnaire, form, application form, download, PDF, print"),
    ),
    Offered(
        "questionnaire-docx",
        "questionnaire_docx",
        _("All questions of an application, as Word document (DOCX)"),
        _("To fill in with your colleagues before you apply."),
        _("questionnaire, form, application form, download, Word, DOCX"),
    ),
)
