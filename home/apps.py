from datetime import timedelta

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self):
        from portal import due

        from . import approval, checks, prints, scheduled_publishing, sessions, signals  # noqa: F401  (checks register themselves)

        signals.connect()
        approval.connect()
        due.register("scheduled publishing", scheduled_publishing.publish_scheduled)
        due.register(signals.AMOUNTS, signals.follow_amounts)
        due.register("PDFs", prints.keep_up)
        due.register("addresses of readers", prints.forget_addresses, every=timedelta(hours=1))
        due.register("session reminders", sessions.remind_all)
        due.register("old registrations", sessions.forget)
