from portal.rooms import RoomConfig


class PartnersConfig(RoomConfig):
    name = "partners"
    default = True

    def ready(self):
        super().ready()
        from portal import due, mail, protected_changes

        from . import access_changes, leads, organisations
        from .models import Organisation

        due.register("leads to follow up", leads.remind_owners)
        protected_changes.register(*access_changes.KINDS)
        mail.register_fallback(Organisation, organisations.pass_on)
