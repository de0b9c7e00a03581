from django.urls import path

from .pages import finder, organisations, people

app_name = "partners"
urlpatterns = [
    path("new/", organisations.new, name="new"),
    path("new/group/", organisations.informal, name="informal"),
    path("new/<slug:kind>/", organisations.new_details, name="new_details"),
    path("switch/", people.switch, name="switch"),
    path("finder/", finder.start, name="finder_start"),
    path("finder/notices/<uuid:uuid>/", finder.notice, name="finder_notice"),
    path("finder/conversations/<uuid:uuid>/", finder.conversation, name="finder_conversation"),
    path("finder/conversations/<uuid:uuid>/agree/", finder.agree, name="finder_agree"),
    path("finder/conversations/<uuid:uuid>/decline/", finder.decline, name="finder_decline"),
    path("finder/conversations/<uuid:uuid>/close/", finder.close, name="finder_close"),
    path("finder/conversations/<uuid:uuid>/share/", finder.share, name="finder_share"),
    path("finder/conversations/<uuid:uuid>/report/", finder.report, name="finder_report"),
    path("<uuid:uuid>/finder/", finder.finder, name="finder"),
    path("<uuid:uuid>/finder/own/", finder.own, name="finder_own"),
    path("<uuid:uuid>/finder/renew/", finder.renew, name="finder_renew"),
    path("<uuid:uuid>/finder/take-down/", finder.take_down, name="finder_take_down"),
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
