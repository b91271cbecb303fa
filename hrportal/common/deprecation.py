"""Operations that will go: said in every answer (`Deprecation`, `Sunset`, `Link`) and in the schema, long before they do."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.utils.http import http_date


@dataclass(frozen=True)
class Deprecation:
    """Since when an operation should not be used for anything new, until when it answers, and where to read what to use."""

    since: date
    sunset: date
    link: str = "/api/docs/"

    @property
    def headers(self) -> dict[str, str]:
        """RFC 9745 and RFC 8594."""
        return {
            "Deprecation": f"@{_instant(self.since)}",
            "Sunset": http_date(_instant(self.sunset)),
            "Link": f'<{self.link}>; rel="deprecation"; type="text/html"',
        }


def _instant(day: date) -> int:
    return int(datetime.combine(day, time.min, UTC).timestamp())
