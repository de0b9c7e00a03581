"""What visitors read, each in its language."""

from django.urls import path, re_path
from django.views.decorators.http import require_safe
from wagtail.urls import serve_pattern

from . import documents, eligibility, interest, printed, views
from .calculation_pdf import calculation_pdf
from .calculator import calculator
from .feeds import NewsFeed
from .models.printed import BOARD_PACK, BROCHURE, COUNCIL_PACK, COUNCIL_ZIP, QUESTIONNAIRE
from .sessions import pages as session_pages

urlpatterns = [
    path("calculator/", calculator, name="calculator"),
    re_path(r"^calculator/(?P<key>[0-9dl.-]+)\.pdf$", calculation_pdf, name="calculation_pdf"),
    path("check/", eligibility.check, name="eligibility"),
    path("figures.csv", views.figures_csv, name="figures_csv"),
    path("interest/", interest.interest, name="interest"),
    path("interest/received/", interest.received, name="interest_received"),
    path("brochure/", printed.printed, {"key": BROCHURE}, name="brochure"),
    path("prepare/questionnaire.pdf", printed.printed, {"key": QUESTIONNAIRE}, name="questionnaire"),
    path("prepare/questionnaire.docx", documents.questionnaire, name="questionnaire_docx"),
    path("decide/council-pack.pdf", printed.printed, {"key": COUNCIL_PACK}, name="council_pack"),
    path("decide/council-pack.zip", printed.printed, {"key": COUNCIL_ZIP}, name="council_zip"),
    path("decide/board.pdf", printed.printed, {"key": BOARD_PACK}, name="board_pack"),
    path("docx/<uuid:key>/", documents.sample, name="sample_docx"),
    path("pdf/asked/", printed.asked, name="print_asked"),
    path("pdf/<uuid:key>/", printed.printed, name="printed"),
    path("search/", views.search, name="search"),
    path("sessions/<uuid:uuid>/register/", session_pages.register, name="session_register"),
    path("sessions/<uuid:uuid>/registered/", session_pages.registered, name="session_registered"),
    path("sessions/registrations/<uuid:uuid>/", session_pages.registration, name="session_registration"),
    path("sessions/registrations/<uuid:uuid>/session.ics", session_pages.calendar, name="session_calendar"),
    path("feed/", require_safe(views.kept(NewsFeed())), name="news_feed"),
    path("not-translated/<uuid:key>/", views.not_translated, name="not_translated"),
    re_path(serve_pattern, views.serve, name="page"),
]
