from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"

    def ready(self):
        from portal import due

        from . import leads

        due.register("leads to follow up", leads.remind_owners)
