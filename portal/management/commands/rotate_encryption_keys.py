from django.core.management.base import BaseCommand, CommandError

from ...accounts import encryption


class Command(BaseCommand):
    help = (
        "Encrypts the secrets of all second steps anew with the first of ENCRYPTION_KEYS. If it ends without an error, "
        "the other keys can go."
    )

    def handle(self, *args, **options):
        self.stdout.write(f"{encryption.rotate()} second steps encrypted with the first key")
        if left := encryption.unreadable():
            people = ", ".join(sorted({row.user.email for row in left}))
            raise CommandError(
                f"{len(left)} second steps cannot be read with any of ENCRYPTION_KEYS: {people}. Add the key that is "
                "missing and start again; if it is lost, use reset_second_step for each."
            )
