from portal.rooms import RoomConfig


class PartnersConfig(RoomConfig):
    name = "partners"
    default = True

    def ready(self):
        super().ready()
        from portal import due, mail

        from . import leads, organisations
        from .models import Organisation

        due.register("leads to follow up", leads.remind_owners)
        mail.register_fallback(Organisation, organisations.pass_on)
