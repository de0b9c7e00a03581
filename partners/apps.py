from django.db.models.signals import post_migrate

from portal.app_config import WorkConfig


class PartnersConfig(WorkConfig):
    name = "partners"
    default = True

    def ready(self):
        super().ready()
        from django.core.checks import Tags, register

        from portal import jobs
        from portal.confirmations import kinds
        from portal.files import receiving
        from portal.mail import outbox

        from .finder import conversations, notices
        from .interest import services as interest_services
        from .models import Membership, Organisation
        from .organisations import services as organisations_services
        from .organisations import staff_notices
        from .people import access_changes
        from .people import services as people_services
        from .support import rate_changes, rates

        jobs.register("interest to follow up", interest_services.remind_owners)
        jobs.register("notices of the partner finder", notices.look_after)
        jobs.register("old conversations of the partner finder", conversations.forget)
        kinds.register(*access_changes.KINDS, *rate_changes.KINDS)
        receiving.register(Membership, "capacity_paper", settle=people_services.settle_paper)
        staff_notices.register()
        register(rates.check_triggers, Tags.database)
        post_migrate.connect(rates.install_triggers, sender=self)
        outbox.register_fallback(Organisation, organisations_services.pass_on)
