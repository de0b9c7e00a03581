"""Reads the shipped content: pages (TOML, in Dutch) and their translations (PO)."""

import csv
import hashlib
import tomllib
import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
# Names of pages, blocks and list items become fixed ids in this name space, so that translations find their place.
NAMESPACE = uuid.UUID("5a0c8d8e-8b1b-4b0e-9a55-0d6f3f0f7f21")


@dataclass(frozen=True)
class ShippedSource:
    """One page as shipped, in Dutch."""

    name: str
    data: dict
    digest: str

    @property
    def translation_key(self) -> uuid.UUID:
        return fixed_id(self.name)

    @property
    def body(self) -> list[dict]:
        """The body as a StreamField stores it."""
        return [self._block(block) for block in self.data["body"]]

    def _block(self, block: dict) -> dict:
        place = f"{self.name}/{block['id']}"
        if "items" in block:
            value = [
                {"type": "item", "id": str(fixed_id(f"{place}/{number}")), "value": item}
                for number, item in enumerate(block["items"], start=1)
            ]
        else:
            value = block["value"]
        return {"type": block["type"], "id": str(fixed_id(place)), "value": value}

    def translation(self, language: str) -> Path:
        return FOLDER / "translations" / language / f"{self.name}.po"


def fixed_id(name: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, name)


def pages() -> list[ShippedSource]:
    """All pages, parents before children."""
    found = {}
    for path in sorted((FOLDER / "pages").glob("*.toml")):
        raw = path.read_bytes()
        found[path.stem] = ShippedSource(path.stem, tomllib.loads(raw.decode()), hashlib.sha256(raw).hexdigest())
    ordered: list[ShippedSource] = []
    while len(ordered) < len(found):
        names = {page.name for page in ordered}
        ready = [
            page
            for page in found.values()
            if page.name not in names and (page.data.get("parent") is None or page.data["parent"] in names)
        ]
        if not ready:
            raise ValueError("A page names a parent that is not there.")
        ordered += sorted(ready, key=lambda page: page.data.get("order", 0))
    return ordered


@dataclass(frozen=True)
class Fact:
    """One row of facts.csv."""

    key: str
    value: Decimal
    valid_from: date
    source: str
    source_date: date


def facts() -> list[Fact]:
    with (FOLDER / "facts.csv").open(newline="", encoding="utf-8") as file:
        return [
            Fact(
                row["key"],
                Decimal(row["value"]),
                date.fromisoformat(row["valid_from"]),
                row["source"],
                date.fromisoformat(row["source_date"]),
            )
            for row in csv.DictReader(file)
        ]
