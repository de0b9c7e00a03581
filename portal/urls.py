"""Where every address leads. What a person reads has its language first; machines' and the desk's addresses do not."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from .accounts import demo, oidc, urls, views

handler500 = "portal.outage.middleware.server_error"
to_our_login = RedirectView.as_view(pattern_name="account_login", query_string=True)
urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    # Before Wagtail's own page, which asks for a password.
    path(settings.ADMIN_PATH + "login/", to_our_login, name="admin_login"),
    path(settings.ADMIN_PATH, include(wagtailadmin_urls)),
    # Providers know one address to come back to, without a language.
    path("oidc/<slug:provider_id>/callback/", oidc.callback, name="openid_connect_callback"),
    path("", include("home.root_urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", demo.demo, name="demo"))

urlpatterns += i18n_patterns(
    path("start/", views.start, name="portal_start"),
    path("account/", include(urls.urlpatterns)),
    path("applications/", include("applications.urls")),
    path("organisations/", include("partners.urls")),
    path("_util/login/", to_our_login, name="page_login"),
    path("", include("home.urls")),
    path("", include(wagtail_urls)),
)
