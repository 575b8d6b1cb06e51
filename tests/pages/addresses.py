"""Every address of the site, found in its own table of addresses: a new page is among them without being listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

CONVERTER = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Address:
    """A page: its name (`problems:problem`), its route (`problems/<slug:reference>/`) and what stands in its gaps."""

    name: str
    route: str

    @property
    def gaps(self) -> list[str]:
        """The converters in order: `["slug:reference", "slug:verb"]`."""
        return [gap[1:-1] for gap in CONVERTER.findall(self.route)]

    @property
    def thing(self) -> str:
        """The route up to and with its first gap: all pages of one thing share it."""
        first = CONVERTER.search(self.route)
        return self.route[: first.end()] if first else ""

    @property
    def is_own_page(self) -> bool:
        """Whether it is the page of the thing itself, not one below it."""
        return self.route.rstrip("/") == self.thing

    def filled(self, *values: object) -> str:
        """The address with these values in its gaps."""
        parts = CONVERTER.split(self.route)
        assert len(parts) == len(values) + 1, (self.route, values)
        return "/" + "".join(
            text for pair in zip(parts, [*map(str, values), ""], strict=True) for text in pair
        )


def addresses() -> list[Address]:
    """All of them, in the order of the table."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], route: str, space: str) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, here, inner)
        else:
            yield Address(f"{space}{pattern.name or ''}", here)
