from django.db import models


class AddressCode(models.Model):
    """A code mailed to an address, for everyone who asked for one there (portal/accounts/email_code.py). Kept for a
    day.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", "signing in"
        SIGN_UP = "sign_up", "making an account"
        LINK = "link", "linking a sign-in from elsewhere"
        FORM = "form", "sending a public form"

    address = models.EmailField()
    purpose = models.CharField(max_length=10, choices=Purpose)
    known_browser = models.BooleanField(help_text="asked for in a browser that the account was used from before")
    with_code = models.BooleanField(help_text="false: the mail says why no code helps, and no code works")
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    replaced_from = models.DateTimeField(help_text="from then on the next mail may be sent")
    ends_at = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0, help_text="wrong codes typed, in all browsers")
    used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["address", "sent_at"], name="address_code_latest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose__in=["sign_in", "sign_up", "link", "form"]),
                name="address_code_purpose_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.purpose}"
