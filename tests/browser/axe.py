"""What axe says of a page, and by what two pages look the same to it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Elements with what decides how they look and what they are to a screen reader, without their words, names and targets;
# of siblings that are alike the first counts, so that a list has the same look with three rows and with thirty.
LOOK = """
() => {
  const withValue = /^(class|role|type|hidden|open|disabled|required|checked|scope|tabindex|aria-[a-z]+)$/;
  const withoutValue = /^(alt|title|for|id|href|src|lang|aria-(label|labelledby|describedby|controls|owns|details))$/;
  const attribute = ({ name, value }) => {
    if (withoutValue.test(name)) return name + (value ? "" : "=");
    return withValue.test(name) ? `${name}=${value}` : "";
  };
  const look = (element) => {
    const attributes = [...element.attributes].map(attribute).sort().join(" ");
    const hasWords = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const children = [...element.children].map(look);
    const kinds = [...new Set(children)];
    return `<${element.localName} ${attributes} ${hasWords} ${children.length > kinds.length}>${kinds.join("")}`;
  };
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  return `${innerWidth} ${dark} ${new Set(ids).size === ids.length} ${look(document.documentElement)}`;
}
"""


def look_of(page: Page) -> int:
    return hash(page.evaluate(LOOK))


def complaints(page: Page) -> list[tuple[str, list]]:
    """The rules that the page breaks, each with the first five places."""
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [
        (violation["id"], [node["target"] for node in violation["nodes"]][:5])
        for violation in results.response["violations"]
    ]
