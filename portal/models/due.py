from django.db import models


class DueJob(models.Model):
    """When a time-triggered job last ran, and the claim of the process that runs it now (portal/jobs.py)."""

    name = models.CharField(max_length=60, unique=True)
    claimed_until = models.DateTimeField(null=True)
    last_run = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
