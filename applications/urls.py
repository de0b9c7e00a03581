from django.urls import path

from .views import council, overview, parties, sections

app_name = "applications"
urlpatterns = [
    path("", overview.listing, name="list"),
    path("start/", overview.start, name="start"),
    path("<uuid:uuid>/", overview.application, name="application"),
    path("<uuid:uuid>/sections/parties/", parties.section, name="parties"),
    path("<uuid:uuid>/sections/<slug:code>/", sections.section, name="section"),
    path("<uuid:uuid>/summary/", overview.summary, name="summary"),
    path("<uuid:uuid>/submit/", overview.submit, name="submit"),
    path("<uuid:uuid>/submitted/", overview.submitted, name="submitted"),
    path("<uuid:uuid>/receipt-<int:number>.pdf", overview.receipt, name="receipt"),
    path("<uuid:uuid>/withdraw/", overview.withdraw, name="withdraw"),
    path("invitations/<uuid:uuid>/", parties.invitation, name="invitation"),
    path("parties/<uuid:uuid>/sign/", parties.sign, name="sign"),
    path("parties/<uuid:uuid>/council/", council.council, name="council"),
    path("parties/<uuid:uuid>/council/<slug:body>.<slug:form>", council.document, name="council_document"),
]
