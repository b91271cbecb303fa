"""The figures as people read them: each share with its interval and both sides of its division, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hrportal.people.viewer import Principal, Viewer
from talent.enums import FillSource, PlacementOutcome
from talent.models import TalentMetrics
from talent.scores.rates import Interval, Spread, spread, wilson

Words = Promise | str
# What rests on data that takes a scope beside the one for talent; without it the figure is unknown.
RESTS_ON = {
    "succession:read": frozenset({"fills", "critical_fills", "days", "ready_now", "benches", "never"}),
    "ratings:read": frozenset({"kept", "gaps"}),
}
PER_CENT = "\N{NO-BREAK SPACE}%"


def readable(window: Mapping[str, Any], viewer: Viewer) -> dict[str, Any]:
    """The figures of a window, without those that rest on what this reader's scopes do not open."""
    closed = frozenset[str]().union(*(keys for scope, keys in RESTS_ON.items() if not viewer.may_use(scope)))
    return {key: figure for key, figure in window.items() if key not in closed}


@dataclass(frozen=True)
class Share:
    """One share of a window. `interval` is None where there is nothing to divide by: unknown, never 0."""

    key: str
    title: Words
    explained: Words
    interval: Interval | None
    made_of: str
    route: str = ""

    @property
    def part(self) -> int | None:
        return self.interval.successes if self.interval else None

    @property
    def whole(self) -> int:
        return self.interval.n if self.interval else 0

    @property
    def percent(self) -> int | None:
        return round(100 * self.interval.share) if self.interval else None

    @property
    def shown(self) -> str:
        """The share; empty where it is unknown."""
        return "" if self.percent is None else f"{number_format(self.percent)}{PER_CENT}"

    @property
    def range(self) -> str:
        """Between which bounds it lies with 95 % confidence."""
        if self.interval is None:
            return ""
        bounds = (number_format(round(100 * bound)) for bound in (self.interval.low, self.interval.high))
        return "{}–{}".format(*bounds) + PER_CENT


@dataclass(frozen=True)
class Window:
    """The figures of one window of twelve months, of the whole or of one part."""

    figures: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.figures.get("name", ""))

    @property
    def until(self) -> Any:
        return parse_date(self.figures["until"]) if "until" in self.figures else None

    @cached_property
    def shares(self) -> list[Share]:
        """All that this window knows, in the order of the page."""
        return [share for share in self._shares() if share is not None]

    @cached_property
    def by_key(self) -> dict[str, Share]:
        return {share.key: share for share in self.shares}

    def _shares(self) -> Iterator[Share | None]:
        if "fills" in self.figures:
            yield from self._of_seats()
        yield self._plain("kept", _leavers)
        yield self._plain("gaps")
        yield self._plain("never")

    def _of_seats(self) -> Iterator[Share]:
        fills, critical = self.figures["fills"], self.figures["critical_fills"]
        inside = fills[FillSource.BENCH] + fills[FillSource.INTERNAL]
        yield _share("internal", inside, sum(fills.values()), _by_source(fills))
        yield _share("from_bench", critical[FillSource.BENCH], sum(critical.values()), _by_source(critical))
        outcome = self.figures["ready_now"]
        meets, short = outcome[PlacementOutcome.MEETS], outcome[PlacementOutcome.FALLS_SHORT]
        yield _share("ready_was_ready", meets, meets + short, _unknown_outcomes(outcome["unknown"]))

    def _plain(self, key: str, words: Any = lambda figure: "") -> Share | None:
        figure = self.figures.get(key)
        return _share(key, figure["part"], figure["whole"], words(figure)) if figure else None

    @property
    def time_to_fill(self) -> Spread | None:
        """Days from vacant to filled, of critical roles."""
        return spread(self.figures.get("days", []))

    @property
    def roles(self) -> int | None:
        benches = self.figures.get("benches")
        return benches["roles"] if benches else None

    @property
    def mean_depth(self) -> float | None:
        """Successors for each critical role; None without critical roles."""
        benches = self.figures.get("benches")
        return benches["depth"] / benches["roles"] if benches and benches["roles"] else None

    @property
    def depth_words(self) -> str:
        benches = self.figures.get("benches")
        if not benches or not benches["roles"]:
            return ""
        return _(
            "%(depth)d successors for %(roles)d roles; %(named)d roles have one, %(ready)d one who is ready now"
        ) % {
            "depth": benches["depth"],
            "roles": benches["roles"],
            "named": benches["named"],
            "ready": benches["ready_now"],
        }


TITLES: dict[str, tuple[Words, Words, str]] = {
    "internal": (
        gettext_lazy("Internal fill rate"),
        gettext_lazy("Seats filled from inside, of all that were filled in the twelve months."),
        "talent:vacancy_list",
    ),
    "from_bench": (
        gettext_lazy("Critical roles filled from the bench"),
        gettext_lazy(
            "Critical roles taken by an approved successor, of all critical roles filled in the twelve months."
        ),
        "talent:vacancy_list",
    ),
    "ready_was_ready": (
        gettext_lazy("“Ready now” who were ready"),
        gettext_lazy(
            "Of those who took a seat as “ready now” a year ago or longer and of whom somebody said how it went, those who meet expectations."
        ),
        "talent:vacancy_list",
    ),
    "kept": (
        gettext_lazy("High performers kept"),
        gettext_lazy(
            "Of those whose newest calibrated rating twelve months ago lay in the upper quarter of its scale (4 or 5 of 5), those still here. The readiness audit counts the other way: those who left of their own will."
        ),
        "talent:profile_list",
    ),
    "gaps": (
        gettext_lazy("Critical skill gaps closed"),
        gettext_lazy(
            "Of the gaps of two levels or more in what matters most (importance 4 or 5) twelve months ago, those that are smaller now. A level nobody assessed is no gap."
        ),
        "talent:plan_list",
    ),
    "never": (
        gettext_lazy("Benches never used"),
        gettext_lazy("Critical roles that have had a bench for a year and from whose bench nobody was ever taken."),
        "talent:bench_list",
    ),
}


@dataclass(frozen=True)
class Bar:
    """One window of a chart: its end and its share, drawn in a box of 100 by 100 from the bottom up."""

    until: Any
    share: Share

    @property
    def height(self) -> float:
        return 100 * self.share.interval.share if self.share.interval else 0

    @property
    def top(self) -> float:
        return 100 - self.height

    @property
    def interval_top(self) -> float:
        return 100 - 100 * self.share.interval.high if self.share.interval else 100

    @property
    def interval_bottom(self) -> float:
        return 100 - 100 * self.share.interval.low if self.share.interval else 100


@dataclass(frozen=True)
class Chart:
    """One share over the windows, oldest first."""

    title: Words
    bars: list[Bar]


CHARTED = ("internal", "from_bench", "kept")


@dataclass(frozen=True)
class Report:
    """Computed figures as somebody reads them."""

    metrics: TalentMetrics
    reader: Principal

    @cached_property
    def whole(self) -> Window:
        return self._window(self.metrics.figures["whole"])

    @cached_property
    def units(self) -> list[Window]:
        return [self._window(figures) for figures in self.metrics.figures.get("units", [])]

    @cached_property
    def windows(self) -> list[Window]:
        """Of the whole, newest first."""
        return [self._window(figures) for figures in self.metrics.figures.get("windows", [])]

    def _window(self, figures: Mapping[str, Any]) -> Window:
        return Window(readable(figures, self.reader.viewer))

    @cached_property
    def charts(self) -> list[Chart]:
        """Those shares of which at least one window knows something."""
        charts = [self._chart(key) for key in CHARTED]
        return [chart for chart in charts if any(bar.share.interval for bar in chart.bars)]

    def _chart(self, key: str) -> Chart:
        bars = [Bar(window.until, window.by_key[key]) for window in reversed(self.windows) if key in window.by_key]
        return Chart(TITLES[key][0], bars)

    @cached_property
    def lines(self) -> list[tuple[Window, Share]]:
        """Every share of the whole and of each part, for the file."""
        return [(window, share) for window in (self.whole, *self.units) for share in window.shares]


def _share(key: str, part: int, whole: int, made_of: str = "") -> Share:
    title, explained, route = TITLES[key]
    return Share(key, title, explained, wilson(part, whole), made_of, route)


def _by_source(fills: Mapping[str, int]) -> str:
    if not sum(fills.values()):
        return ""
    return _("%(bench)d from the bench, %(internal)d else from inside, %(external)d from outside") % dict(fills)


def _unknown_outcomes(count: int) -> str:
    if not count:
        return ""
    return ngettext("of %d nobody has said yet", "of %d nobody has said yet", count) % count


def _leavers(figure: Mapping[str, int]) -> str:
    if not figure["left"]:
        return ""
    return _(
        "left: %(voluntary)d of their own will, %(involuntary)d not, %(retirement)d retired, %(other)d otherwise, %(unexplained)d without a reason"
    ) % dict(figure)
