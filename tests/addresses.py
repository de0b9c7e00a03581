"""Every address of the portal, read from the URL configuration: what the access matrix and the header tests cover."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize


@dataclass(frozen=True)
class Address:
    """`name` with its name spaces; `template` with `%(parameter)s` for each of `parameters`."""

    name: str
    template: str
    parameters: tuple[str, ...]

    def path(self, **values) -> str:
        """The address with `values` in their places, and a `query`; KeyError where one is missing."""
        query = values.get("query")
        return f"/{self.template % values}" + (f"?{query}" if query else "")


def every_address() -> list[Address]:
    return list(_walk(get_resolver().url_patterns))


def _walk(patterns, spaces=(), prefix="") -> Iterator[Address]:
    for pattern in patterns:
        # As Django joins them for `reverse`; a pattern without a name of its own is called `_0`, `_1` and so on.
        regex = prefix + pattern.pattern.regex.pattern.removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, (*spaces, *filter(None, [pattern.namespace])), regex)
        elif isinstance(pattern, URLPattern):
            template, parameters = normalize(regex)[0]
            yield Address(":".join([*spaces, pattern.name or pattern.lookup_str]), template, tuple(parameters))
