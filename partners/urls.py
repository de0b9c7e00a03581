from django.urls import path

from .pages import organisations, people

app_name = "partners"
urlpatterns = [
    path("new/", organisations.new, name="new"),
    path("new/group/", organisations.informal, name="informal"),
    path("new/<slug:kind>/", organisations.new_details, name="new_details"),
    path("switch/", people.switch, name="switch"),
    path("<uuid:uuid>/", organisations.organisation, name="organisation"),
    path("<uuid:uuid>/change/", organisations.change, name="change"),
    path("<uuid:uuid>/signing-rule/", organisations.signing_rule, name="signing_rule"),
    path("<uuid:uuid>/signatories/", people.signatories, name="signatories"),
    path("<uuid:uuid>/invite/", people.invite, name="invite"),
    path("<uuid:uuid>/join/", people.join, name="join"),
    path("<uuid:uuid>/claim/", people.claim, name="claim"),
    path("<uuid:uuid>/absence/", people.absence, name="absence"),
    path("<uuid:uuid>/leave/", people.leave, name="leave"),
    path("absences/<int:pk>/end/", people.end_absence, name="end_absence"),
    path("people/<uuid:uuid>/", people.person, name="person"),
    path("people/<uuid:uuid>/paper/", people.paper, name="paper"),
    path("people/<uuid:uuid>/remove/", people.remove, name="remove"),
    path("requests/<uuid:uuid>/", people.join_request, name="join_request"),
    path("invitations/<uuid:uuid>/", people.invitation, name="invitation"),
    path("invitations/<uuid:uuid>/withdraw/", people.withdraw_invitation, name="withdraw_invitation"),
]
