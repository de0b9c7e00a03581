"""Where every address leads. What a person reads has its language first; machines' and the desk's addresses do not."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from . import demo, views

# Of allauth only what we use: no passwords, no list of addresses.
account_urls = [
    path("login/", account.login, name="account_login"),
    path("login/code/", account.confirm_login_code, name="account_confirm_login_code"),
    # allauth leads to these two: a second page that asks for the address, and a list of one's addresses.
    path("login/code/request/", RedirectView.as_view(pattern_name="account_login"), name="account_request_login_code"),
    path("email/", RedirectView.as_view(pattern_name="portal_start"), name="account_email"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", account.signup, name="account_signup"),
    path("signup/code/", account.email_verification_sent, name="account_email_verification_sent"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("second-step/", mfa.authenticate, name="mfa_authenticate"),
    path("second-step/set-up/", views.set_up_second_step, name="mfa_activate_totp"),
    path("second-step/on/", mfa.index, name="mfa_index"),
]

to_our_login = RedirectView.as_view(pattern_name="account_login", query_string=True)
urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    # Before Wagtail's own page, which asks for a password.
    path(settings.ADMIN_PATH + "login/", to_our_login, name="admin_login"),
    path(settings.ADMIN_PATH, include(wagtailadmin_urls)),
    path("", include("home.root_urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", demo.demo, name="demo"))

urlpatterns += i18n_patterns(
    path("start/", views.start, name="portal_start"),
    path("account/", include(account_urls)),
    path("applications/", include("applications.urls")),
    path("organisations/", include("partners.urls")),
    path("_util/login/", to_our_login, name="page_login"),
    path("", include("home.urls")),
    path("", include(wagtail_urls)),
)
