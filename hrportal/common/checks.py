"""The boot gate: a route nobody classified keeps the portal from starting."""

from collections.abc import Iterator

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from hrportal.common.access import access_of


def all_routes(
    resolver: URLResolver | None = None, prefix: str = "", namespace: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """Every route of the portal as (path, full name, pattern)."""
    resolver = resolver or get_resolver()
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from all_routes(entry, path, inner)
        else:
            yield path, f"{namespace}{entry.name or ''}", entry


@register()
def every_route_has_an_audience(app_configs: object, **kwargs: object) -> list[Error]:
    """Refuse to start while a view carries no `access` declaration."""
    return [
        Error(
            f"Route {path} ({name}) has no declared audience.",
            hint="Decorate the view with @access(...).",
            id="common.E001",
        )
        for path, name, pattern in all_routes()
        if access_of(pattern.callback) is None
    ]
