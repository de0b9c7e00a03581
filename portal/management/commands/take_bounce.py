import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ...mail import bounces


class Command(BaseCommand):
    help = (
        "Takes in mails that came back: one from standard input, as a mail server pipes it, or all new ones of a "
        "maildir. Marks the mail as bounced; whatever is no report of a failure is left alone."
    )
    stealth_options = ("stdin",)

    def add_arguments(self, parser):
        parser.add_argument("--maildir", type=Path, help="read the folder new/ of this maildir, and move on to cur/")

    def handle(self, *args, maildir=None, stdin=None, **options):
        if maildir is None:
            # Any other end than 0 would make the mail server send a bounce of its own.
            self.take((stdin or sys.stdin.buffer).read())
            return
        if not (maildir / "new").is_dir():
            raise CommandError(f"{maildir} is not a maildir.")
        for path in sorted((maildir / "new").iterdir()):
            self.take(path.read_bytes())
            path.rename(maildir / "cur" / f"{path.name}:2,S")

    def take(self, raw: bytes) -> None:
        mail = bounces.take(raw)
        self.stdout.write(f"bounced: {mail.uuid}" if mail else "no failure of a mail of ours")
