from portal.rooms import RoomConfig


class PartnersConfig(RoomConfig):
    name = "partners"
    default = True

    def ready(self):
        super().ready()
        from portal import due, mail, protected_changes, receiving

        from . import access_changes, leads, notices, organisations, people
        from .models import Membership, Organisation

        due.register("leads to follow up", leads.remind_owners)
        protected_changes.register(*access_changes.KINDS)
        receiving.register(Membership, "capacity_paper", settle=people.settle_paper)
        notices.register()
        mail.register_fallback(Organisation, organisations.pass_on)
