from django.db import migrations

# Numbers of questions before and after, where they changed.
NUMBERS = {"4.2": "4.1", "4.3": "4.1", "4.4": "4.2", "5.3": "5.7", "6.2": "6.5"}


def move(apps, schema_editor):
    """The single home becomes a dwelling, the text about the first steps goes to experience, open requests follow."""
    Application = apps.get_model("applications", "Application")
    Dwelling = apps.get_model("applications", "Dwelling")
    for application in Application.objects.select_related("home_municipality").iterator():
        municipality = application.home_municipality
        if application.home_secured or municipality or application.home_months:
            Dwelling.objects.create(
                application=application,
                secured=application.home_secured,
                municipality=municipality,
                months=application.home_months,
            )
        if application.guidance_steps:
            application.experience = application.guidance_steps
            application.save(update_fields=["experience"])
    for request in apps.get_model("applications", "ChangeRequest").objects.filter(state="open"):
        request.questions = sorted({NUMBERS.get(number, number) for number in request.questions})
        request.save(update_fields=["questions"])


def move_back(apps, schema_editor):
    """The first dwelling becomes the home."""
    for application in apps.get_model("applications", "Application").objects.iterator():
        dwelling = application.dwellings.select_related("municipality").order_by("pk").first()
        if dwelling:
            application.home_secured, application.home_months = dwelling.secured, dwelling.months
            application.home_municipality = dwelling.municipality
        application.guidance_steps = application.experience
        application.save(update_fields=["home_secured", "home_months", "home_municipality", "guidance_steps"])


class Migration(migrations.Migration):
    dependencies = [("applications", "0010_questions")]
    operations = [migrations.RunPython(move, move_back)]
