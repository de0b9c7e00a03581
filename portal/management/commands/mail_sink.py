import time
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Development: a mail server that keeps what it gets in a folder; the demo page shows it. Sends nothing on."
    requires_system_checks = []

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("The mail sink belongs to development and tests.")
        folder = Path(settings.MAIL_SINK_DIR)
        folder.parent.mkdir(parents=True, exist_ok=True)
        sink = Controller(Mailbox(folder), hostname=settings.EMAIL_HOST, port=settings.EMAIL_PORT)
        sink.start()
        self.stdout.write(f"Catching mail on {settings.EMAIL_HOST}:{settings.EMAIL_PORT}")
        try:
            while True:
                time.sleep(3600)
        finally:
            sink.stop()
