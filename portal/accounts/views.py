"""The few addresses that belong to no room: languages, signing in, and a person's own account."""

from allauth.account.utils import get_login_redirect_url
from allauth.account.views import LoginView, SignupView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from ..mail.ceilings import TooManyMails
from ..permissions import is_fedasil
from . import known_browsers, mfa
from .decorators import service_page
from .email_proof import AddressProof
from .forms import AboutMeForm, EnterCodeForm

WAYS_ON = gettext_lazy("Until then, sign in from a browser that you used here before, or with a passkey.")


@require_safe
@cache_control(public=True, max_age=3600)
def choose_language(request):
    """`/`: the languages to choose from. Nothing is remembered."""
    return render(request, "choose_language.html", {"languages": settings.LANGUAGES})


@never_cache
@login_required
def start(request):
    """Where signing in leads: Fedasil's people to the desk, others to their applications."""
    return redirect("wagtailadmin_home" if is_fedasil(request.user) else "applications:list")


# ── Signing in ────────────────────────────────────────────────────────────────────────────────────────────────────────
class MailsCodeMixin:
    """allauth's pages that ask for an address and mail to it; where that cannot be, they say why."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except TooManyMails as refusal:
            for message in (*refusal.messages, WAYS_ON):
                form.add_error(None, message)
            return self.form_invalid(form)


class SignInView(MailsCodeMixin, LoginView):
    """allauth's, with our form."""


class SignUpView(MailsCodeMixin, SignupView):
    """allauth's, with our form."""


@never_cache
def enter_code(request):
    """Where the mailed code is typed."""
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    proof = AddressProof.resume(request)
    if proof is None:
        return redirect("account_login")
    form = EnterCodeForm(request.POST or None, proof=proof)
    if request.method == "POST":
        if form.is_valid():
            return proof.finish()
        proof.persist()
        if proof.is_over:
            proof.abort()
            messages.error(request, _("The code was wrong three times. Ask for a new one."))
            return redirect("account_login")
    return render(request, "account/confirm_code.html", {"form": form, "email": proof.state["email"]})


class RemovePasskeyView(RemoveWebAuthnView):
    """allauth's, which asks nobody whether it may."""

    def form_valid(self, form):
        adapter = get_adapter()
        if adapter.can_delete_authenticator(self.get_object()):
            return super().form_valid(form)
        messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect("account_security")


# ── One's own account ─────────────────────────────────────────────────────────────────────────────────────────────────
@service_page
def security(request):
    """Who I am here, how I sign in, and where I am signed in."""
    form = AboutMeForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your details are saved."))
        return redirect("account_security")
    mine = Authenticator.objects.filter(user=request.user).order_by("created_at")
    by_kind = {kind: [step for step in mine if step.type == kind] for kind in Authenticator.Type}
    codes = by_kind[Authenticator.Type.RECOVERY_CODES]
    sessions = sorted(UserSession.objects.purge_and_list(request.user), key=lambda session: session.last_seen_at)[::-1]
    context = {
        "form": form,
        "passkeys": by_kind[Authenticator.Type.WEBAUTHN],
        "app": next(iter(by_kind[Authenticator.Type.TOTP]), None),
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else None,
        "needs_second_step": is_fedasil(request.user),
        "has_second_step": mfa.has_one(request.user),
        "sessions": [(session, known_browsers.describe(session.user_agent)) for session in sessions],
    }
    return render(request, "account/security.html", context)


@service_page
@require_POST
def end_session(request, pk: int):
    """Sign out one browser."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    end_sessions(request, [session])
    if request.user.is_authenticated:
        messages.success(request, _("That browser is signed out."))
    return redirect("account_security")


@service_page
@require_POST
def end_all_other_sessions(request):
    """Sign out everywhere but here."""
    end_other_sessions(request, request.user)
    messages.success(request, _("All other browsers are signed out."))
    return redirect("account_security")
