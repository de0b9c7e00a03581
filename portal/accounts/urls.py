"""The addresses under /account/: of allauth only what we use. No passwords, no list of addresses."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path
from django.views.generic import RedirectView

from . import oidc, views
from .decorators import service_page

to_security = RedirectView.as_view(pattern_name="account_security")
to_login = RedirectView.as_view(pattern_name="account_login")

urlpatterns = [
    path("login/", views.SignInView.as_view(), name="account_login"),
    path("login/code/", views.enter_code, name="account_confirm_login_code"),
    path("login/cancelled/", to_login, name="socialaccount_login_cancelled"),
    path("login/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("login/with/<slug:provider_id>/", oidc.sign_in, name="openid_connect_login"),
    path("signup/", views.SignUpView.as_view(), name="account_signup"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    # The second step
    path("second-step/", mfa.authenticate, name="mfa_authenticate"),
    path("second-step/again/", service_page(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        "second-step/again/passkey/", service_page(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"
    ),
    path("second-step/set-up/", service_page(totp.activate_totp), name="mfa_activate_totp"),
    path("second-step/off/", service_page(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("recovery-codes/", service_page(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/new/", service_page(recovery_codes.generate_recovery_codes), name="mfa_generate_recovery_codes"
    ),
    path(
        "recovery-codes/download/",
        service_page(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("passkeys/add/", service_page(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/", service_page(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", service_page(views.RemovePasskeyView.as_view()), name="mfa_remove_webauthn"),
    # One's own account
    path("security/", views.security, name="account_security"),
    path("security/sessions/<int:pk>/end/", views.end_session, name="account_end_session"),
    path("security/sessions/end-others/", views.end_all_other_sessions, name="account_end_other_sessions"),
    # Where allauth leads to a list of its own: our one page.
    path("email/", to_security, name="account_email"),
    path("second-step/on/", to_security, name="mfa_index"),
    path("passkeys/", to_security, name="mfa_list_webauthn"),
]
