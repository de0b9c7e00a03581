from django.core.management.base import BaseCommand, CommandError

from portal.models import ConfirmationRequest
from portal.workflow import Refused

from ...confirmations import services as confirmations_services
from ...confirmations.kinds import Shown


class Command(BaseCommand):
    help = (
        "In an emergency: makes a requested change that no second person can confirm. "
        "Logged with its reason, and mailed to all administrators. Without a number it lists what is open."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("number", nargs="?", type=int, help="the number of the request, as its page says it")
        parser.add_argument("--reason", default="", help="why it cannot wait for a second person")

    def handle(self, *args, number, reason, **options):
        if number is None:
            for request in ConfirmationRequest.objects.filter(state="open").select_related("person"):
                self.stdout.write(self.words(request))
            return
        request = ConfirmationRequest.objects.filter(pk=number).first()
        if request is None:
            raise CommandError(f"There is no request {number}.")
        try:
            confirmations_services.carry_out(request, reason=reason)
        except Refused as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"Done: {self.words(request)}")

    @staticmethod
    def words(request: ConfirmationRequest) -> str:
        shown = Shown(request)
        lines = "; ".join(f"{line.label}: {line.before} → {line.after}" for line in shown.lines)
        return f"{request.pk} {shown.label}, {shown.about}: {lines}"
