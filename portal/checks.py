"""House rules that Django checks at start: `manage.py check --database default`, and before every migrate."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register  # noqa: A004 (Django's name)
from django.db import connections

from .documents.fonts import missing_writings
from .permissions import FEDASIL_GROUPS


def _has_table(using: str, model) -> bool:
    return model._meta.db_table in connections[using].introspection.table_names()


@register(Tags.database)
def log_is_guarded(app_configs, databases, **kwargs):
    """The log's triggers stand wherever its table stands."""
    from .audit.log import missing_triggers
    from .models import LogEntry

    return [
        Error(
            f"The log in database “{using}” lacks its triggers: {', '.join(sorted(missing))}.",
            hint="Run manage.py migrate: it makes them anew.",
            id="portal.E001",
        )
        for using in databases or []
        if _has_table(using, LogEntry) and (missing := missing_triggers(using))
    ]


@register(Tags.database)
def production_accounts_are_safe(app_configs, databases, **kwargs):
    """Outside development: no demo accounts, and a second factor on every account of Fedasil."""
    from allauth.mfa.models import Authenticator

    from .accounts.demo import DEMO_DOMAIN
    from .accounts.mfa import KINDS
    from .models import User

    if settings.DEMO:
        return []
    errors = []
    for using in databases or []:
        if not _has_table(using, User) or not _has_table(using, Authenticator):
            continue
        people = User.objects.using(using).filter(is_active=True)
        if demo := people.filter(email__endswith="@" + DEMO_DOMAIN).count():
            errors.append(
                Error(
                    f"{demo} demo accounts are active in database “{using}”.",
                    hint="Deactivate them: manage.py deactivate_demo.",
                    id="portal.E002",
                )
            )
        with_factor = Authenticator.objects.using(using).filter(type__in=KINDS).values("user_id")
        fedasil = people.filter(groups__name__in=FEDASIL_GROUPS) | people.filter(is_superuser=True)
        if bare := fedasil.exclude(pk__in=with_factor).distinct().count():
            errors.append(
                Error(
                    f"{bare} accounts of Fedasil have no second factor in database “{using}”.",
                    hint="Let them sign in and set one up, or deactivate them.",
                    id="portal.E003",
                )
            )
    return errors


@register(Tags.security)
def encryption_keys_are_keys(app_configs, **kwargs):
    """Without a key nobody could set up or use an authenticator app, and the first to notice would be that person."""
    from .accounts.encryption import fernet

    try:
        fernet()
    except ValueError as problem:
        return [
            Error(
                f"ENCRYPTION_KEYS holds no key, or something that is none: {problem}",
                hint="Make one as docs/operator.md says under “Keys”.",
                id="portal.E007",
            )
        ]
    return []


@register(Tags.database)
def second_steps_can_be_read(app_configs, databases, **kwargs):
    """No key was taken away while something is encrypted with it, and nothing is kept in plain text."""
    from allauth.mfa.models import Authenticator

    from .accounts.encryption import unreadable

    return [
        Error(
            f"{len(rows)} second steps in database “{using}” cannot be read with ENCRYPTION_KEYS.",
            hint="Add the key that is missing. If it is lost: manage.py reset_second_step for each of the accounts.",
            id="portal.E008",
        )
        for using in databases or []
        if _has_table(using, Authenticator) and not encryption_keys_are_keys(None) and (rows := unreadable(using))
    ]


@register(Tags.database)
def files_are_cleaned_up(app_configs, databases, **kwargs):
    """The hourly clean-up of private files was not stopped by files that it does not know."""
    from .models import FileStore

    return [
        Warning(
            f"The clean-up of private files stopped on {store.problem_since:%Y-%m-%d}.",
            hint=store.problem,
            id="portal.W004",
        )
        for using in databases or []
        if _has_table(using, FileStore)
        for store in FileStore.objects.using(using).exclude(problem="")
    ]


@register(deploy=True)
def fonts_are_there(app_configs, **kwargs):
    """What people write in their own language is not blank in a PDF."""
    missing = missing_writings()
    if missing is None:
        return [
            Warning(
                "The fonts for PDFs cannot be checked: there is no program fc-list.",
                hint="Install fontconfig, with fonts-noto-core and fonts-noto-cjk.",
                id="portal.W006",
            )
        ]
    return [
        Warning(
            f"No font has this writing, so it is blank in PDFs: {name}.",
            hint=f"Install it (Debian, Ubuntu): apt-get install {package}.",
            id="portal.W005",
        )
        for name, package in missing.items()
    ]
