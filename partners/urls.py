from django.urls import path

from . import views

app_name = "partners"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("<uuid:uuid>/", views.organisation, name="organisation"),
    path("<uuid:uuid>/invite/", views.invite, name="invite"),
    path("<uuid:uuid>/signing-rule/", views.signing_rule, name="signing_rule"),
    path("<uuid:uuid>/capacity/", views.capacity, name="capacity"),
    path("invitations/<uuid:uuid>/", views.invitation, name="invitation"),
]
