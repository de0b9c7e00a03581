from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"

    def ready(self):
        from portal import due, mail

        from . import leads, organisations
        from .models import Organisation

        due.register("leads to follow up", leads.remind_owners)
        mail.register_fallback(Organisation, organisations.pass_on)
