from django.urls import path

from .views import invitations, overview, parties, sections, signing

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
    path("<uuid:uuid>/withdraw/", overview.withdraw, name="withdraw"),
    path("invitations/<uuid:uuid>/", invitations.invitation, name="invitation"),
    path("parties/<uuid:uuid>/", parties.party, name="party"),
    path("parties/<uuid:uuid>/leave/", parties.leave, name="leave"),
    path("parties/<uuid:uuid>/lead/", parties.take_lead, name="take_lead"),
    path("parties/<uuid:uuid>/sign/", signing.sign, name="sign"),
    path("parties/<uuid:uuid>/signed/", signing.signed_content, name="signed_content"),
]
