from datetime import timedelta

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self):
        from portal import jobs
        from portal.mail import rendering

        from . import (
            approval,
            checks,  # noqa: F401  (they register themselves)
            empty_searches,
            kept_pages,
            prints,
            schedule_fields,
            scheduled_publishing,
            signals,
            site_texts,
        )
        from .links import check as links_check
        from .models.sessions import session_published
        from .reviews import services as reviews_services
        from .search import index as search_index
        from .sessions import services as sessions_services
        from .translation import checks as translation_checks
        from .translation import publishing, slugs, starting, synchronising, together, translator_mails, wording

        rendering.AROUND[:] = [site_texts.sentences_around]
        signals.connect()
        search_index.connect()
        schedule_fields.register()
        session_published.connect(sessions_services.follow_publishing)
        approval.connect()
        translation_checks.connect()
        slugs.connect()
        publishing.connect()
        synchronising.connect()
        together.connect()
        wording.connect()
        jobs.register("scheduled publishing", scheduled_publishing.publish_scheduled)
        jobs.register(kept_pages.AMOUNTS, kept_pages.follow_amounts)
        jobs.register(kept_pages.NOTICES, kept_pages.follow_notices)
        jobs.register("PDFs", prints.keep_up)
        jobs.register("addresses of readers", prints.forget_addresses, every=timedelta(hours=1))
        jobs.register("session reminders", sessions_services.remind_all)
        jobs.register("old registrations", sessions_services.forget)
        jobs.register("begun translations", starting.start_translations)
        jobs.register("mails to translators", translator_mails.send_mails, every=timedelta(hours=1))
        jobs.register("reviews of pages", reviews_services.keep_up, every=timedelta(hours=1))
        jobs.register(links_check.JOB, links_check.look, every=timedelta(hours=1))
        jobs.register("search index", search_index.bring_up_to_date, every=timedelta(hours=1))
        jobs.register("old searches", empty_searches.forget, every=timedelta(hours=20))
