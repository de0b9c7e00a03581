from django.db.models.signals import post_migrate

from portal.rooms import RoomConfig


class PartnersConfig(RoomConfig):
    name = "partners"
    default = True

    def ready(self):
        super().ready()
        from django.core.checks import Tags, register

        from portal import due, mail, protected_changes, receiving

        from . import access_changes, leads, notices, organisations, people, rate_changes, rates
        from .models import Membership, Organisation

        due.register("leads to follow up", leads.remind_owners)
        protected_changes.register(*access_changes.KINDS, *rate_changes.KINDS)
        receiving.register(Membership, "capacity_paper", settle=people.settle_paper)
        notices.register()
        register(rates.check_triggers, Tags.database)
        post_migrate.connect(rates.install_triggers, sender=self)
        mail.register_fallback(Organisation, organisations.pass_on)
