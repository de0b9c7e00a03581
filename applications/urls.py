from django.urls import path

from .views import after, answers, attachments, council, invitations, letters, overview, parties, sections, signing

app_name = "applications"
urlpatterns = [
    path("", overview.listing, name="list"),
    path("start/", overview.start, name="start"),
    path("<uuid:uuid>/", overview.application, name="application"),
    path("<uuid:uuid>/sections/parties/", parties.section, name="parties"),
    path("<uuid:uuid>/sections/attachments/", attachments.section, name="attachments"),
    path("<uuid:uuid>/sections/<slug:code>/", sections.section, name="section"),
    path("<uuid:uuid>/sections/<slug:code>/check/", sections.check, name="check"),
    path("<uuid:uuid>/summary/", overview.summary, name="summary"),
    path("<uuid:uuid>/answers.<slug:form>", answers.answers, name="answers"),
    path("<uuid:uuid>/submit/", overview.submit, name="submit"),
    path("<uuid:uuid>/submitted/", overview.submitted, name="submitted"),
    path("<uuid:uuid>/receipt-<int:number>.pdf", overview.receipt, name="receipt"),
    path("<uuid:uuid>/withdraw/", overview.withdraw, name="withdraw"),
    path("attachments/<uuid:uuid>/", attachments.download, name="attachment"),
    path("attachments/<uuid:uuid>/remove/", attachments.remove, name="attachment_remove"),
    path("attachments/<uuid:uuid>/pages/<int:page>/", attachments.preview, name="attachment_preview"),
    path("<uuid:uuid>/requests/", after.requests, name="requests"),
    path("<uuid:uuid>/messages/", after.thread, name="messages"),
    path("<uuid:uuid>/messages/<int:pk>/erase/", after.erase, name="erase_message"),
    path("<uuid:uuid>/copy/", after.copy, name="copy"),
    path("<uuid:uuid>/download/", after.download, name="download"),
    path("letters/<uuid:uuid>/", letters.letter, name="letter"),
    path("invitations/<uuid:uuid>/", invitations.invitation, name="invitation"),
    path("parties/<uuid:uuid>/", parties.party, name="party"),
    path("parties/<uuid:uuid>/leave/", parties.leave, name="leave"),
    path("parties/<uuid:uuid>/lead/", parties.take_lead, name="take_lead"),
    path("parties/<uuid:uuid>/sign/", signing.sign, name="sign"),
    path("parties/<uuid:uuid>/signed/", signing.signed_content, name="signed_content"),
    path("parties/<uuid:uuid>/council/", council.council, name="council"),
    path("parties/<uuid:uuid>/council/<slug:body>.<slug:form>", council.document, name="council_document"),
]
