from django.db import migrations


def make_rows(apps, schema_editor):
    """Accounts from before get the address row that portal/addresses.py keeps from now on."""
    User = apps.get_model("portal", "User")
    EmailAddress = apps.get_model("account", "EmailAddress")
    for user in User.objects.order_by("pk").iterator():
        email = user.email.lower()
        EmailAddress.objects.filter(user=user).exclude(email=email).delete()
        EmailAddress.objects.get_or_create(user=user, email=email, defaults={"primary": True})


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0005_stored_file"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(make_rows, migrations.RunPython.noop)]
