"""Every address of the portal, read from the URL configuration: what the access matrix and the header tests cover."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
# A group of a regular expression: its first alternative.
GROUP = re.compile(r"\((?:\?P<\w+>)?([^()|]+)(?:\|[^()]*)?\)")


@dataclass(frozen=True)
class Address:
    """`name` with its name spaces; `route` as the URL configuration writes it, regular expressions included."""

    name: str
    route: str

    @property
    def parameters(self) -> list[str]:
        return [match["name"] for match in PARAMETER.finditer(self.route)]

    def path(self, **values) -> str:
        """The address with `values` in their places; something plausible where there is none."""
        plausible = {"int": "1", "uuid": "00000000-0000-4000-8000-000000000000"}
        route = PARAMETER.sub(
            lambda match: str(values.get(match["name"], plausible.get(match["converter"], "x"))), self.route
        )
        route = re.sub(r"\(\(\?:.*$", "", route)  # wagtail_serve: the path of a page
        route = GROUP.sub(lambda match: match[1].replace(r"\d+", "1"), route)
        return "/" + re.sub(r"[\^$\\]", "", route).replace(".*", "nothing")


def every_address() -> list[Address]:
    return list(_walk(get_resolver().url_patterns))


def _walk(patterns, spaces=(), prefix="") -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, (*spaces, *filter(None, [pattern.namespace])), route)
        elif isinstance(pattern, URLPattern):
            yield Address(":".join([*spaces, pattern.name or pattern.lookup_str]), route)
