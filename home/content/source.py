"""Reads the shipped content: pages and snippets (TOML, in Dutch), their translations (PO), and facts (CSV)."""

import csv
import hashlib
import json
import tomllib
import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import polib

FOLDER = Path(__file__).resolve().parent
# Names of pages, blocks and list items become fixed ids in this name space, so that translations find their place.
NAMESPACE = uuid.UUID("5a0c8d8e-8b1b-4b0e-9a55-0d6f3f0f7f21")
NOT_FIELDS = {"type", "id", "parent", "order", "body", "draft"}


@dataclass(frozen=True)
class ShippedSource:
    """One page or snippet as shipped, in Dutch. `file` is the PO file's name; `prefix` its place in a shared one."""

    name: str
    model: str
    data: dict
    file: str
    prefix: str = ""

    @property
    def translation_key(self) -> uuid.UUID:
        return fixed_id(self.name)

    @property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps(self.data, sort_keys=True, default=str).encode()).hexdigest()

    @property
    def is_draft(self) -> bool:
        return self.data.get("draft", False)

    @property
    def fields(self) -> dict:
        """Field values as they stand; `order` is a field of snippets and a place among siblings for pages."""
        fields = {name: value for name, value in self.data.items() if name not in NOT_FIELDS}
        if self.prefix and "order" in self.data:
            fields["order"] = self.data["order"]
        return fields

    @property
    def body(self) -> list[dict]:
        """The body as a StreamField stores it."""
        return [self._block(block) for block in self.data.get("body", [])]

    def _block(self, block: dict) -> dict:
        place = f"{self.name}/{block['id']}"
        if "items" in block:
            value = self._items(place, block["items"])
        elif block["type"] == "table":
            value = block["value"]
        elif isinstance(block["value"], dict):
            # A list within a structure: the moments of a comparison.
            value = {
                name: self._items(f"{place}/{name}", part) if isinstance(part, list) else part
                for name, part in block["value"].items()
            }
        else:
            value = block.get("value")
        return {"type": block["type"], "id": str(fixed_id(place)), "value": value}

    @staticmethod
    def _items(place: str, items: list) -> list[dict]:
        return [
            {"type": "item", "id": str(fixed_id(f"{place}/{number}")), "value": item}
            for number, item in enumerate(items, start=1)
        ]

    def translation_path(self, language: str) -> Path:
        return FOLDER / "translations" / language / f"{self.file}.po"

    def translation(self, language: str) -> polib.POFile:
        """The messages of this page or snippet alone."""
        po = polib.POFile(wrapwidth=10_000)
        po.metadata = {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8"}
        path = self.translation_path(language)
        if path.exists():
            for entry in polib.pofile(str(path)):
                if entry.msgctxt.startswith(self.prefix):
                    context = entry.msgctxt.removeprefix(self.prefix)
                    po.append(polib.POEntry(msgctxt=context, msgid=entry.msgid, msgstr=entry.msgstr))
        return po


def fixed_id(name: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, name)


def pages() -> list[ShippedSource]:
    """All pages, parents before children, siblings in their order."""
    found = {}
    for path in sorted((FOLDER / "pages").glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        found[path.stem] = ShippedSource(path.stem, data["type"], data, path.stem)
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


def snippets() -> list[ShippedSource]:
    """All snippets; those of one kind share a file."""
    found = []
    for path in sorted((FOLDER / "snippets").glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        found += [
            ShippedSource(f"{path.stem}/{item['id']}", data["type"], item, path.stem, f"{item['id']}:")
            for item in data["item"]
        ]
    return found


@dataclass(frozen=True)
class ShippedFact:
    """One row of facts.csv; `valid_from` for rates only."""

    key: str
    value: Decimal
    valid_from: date | None
    source: str
    source_date: date


def rows(name: str) -> list[dict[str, str]]:
    """Those of a table, by the names of its columns."""
    with (FOLDER / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def facts() -> list[ShippedFact]:
    return [
        ShippedFact(
            row["key"],
            Decimal(row["value"]),
            date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
            row["source"],
            date.fromisoformat(row["source_date"]),
        )
        for row in rows("facts.csv")
    ]
