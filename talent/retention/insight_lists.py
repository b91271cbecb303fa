"""What stay interviews brought up and what exits teach, as lists to take away: the sums of the pages, and nothing finer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.actions import ActionError
from hrportal.common.exports import Column
from hrportal.people.exports import ListKind, list_kind
from hrportal.people.models import OrgUnit
from hrportal.people.viewer import Principal
from talent.forms.retention import AnalysisForm
from talent.retention.figures import ExitReport, Quarter, Tally, exit_report
from talent.retention.lists import READERS
from talent.retention.themes import HalfYear, ThemeCount, themes_for
from talent.scores.rates import Interval

DECIMALS = 1


@dataclass(frozen=True)
class ThemeLine:
    """One theme in one cell: a half-year and a unit with enough people."""

    period: HalfYear
    unit: OrgUnit
    theme: ThemeCount


def _theme_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("From"), lambda line: line.period.starts_on),
        Column(gettext_lazy("To"), lambda line: line.period.ends_on),
        Column(gettext_lazy("Unit, with smaller ones below it"), lambda line: line.unit),
        Column(gettext_lazy("What came up"), lambda line: line.theme.label),
        Column(gettext_lazy("How many of them"), lambda line: line.theme.count),
        Column(gettext_lazy("People"), lambda line: line.theme.of),
    ]


def _themes(user: Principal, query: QueryDict) -> list[ThemeLine]:
    periods = themes_for(user, timezone.localdate())
    return [
        ThemeLine(each.period, cell.unit, theme) for each in periods for cell in each.units for theme in cell.themes
    ]


def _report(user: Principal, query: QueryDict) -> ExitReport:
    form = AnalysisForm(query)
    if not form.is_valid():
        raise ActionError(_("A filter of this list makes no sense. Correct it on the page first."))
    return exit_report(user, form.chosen_unit, timezone.localdate())


def _percent(share: Interval | None) -> float | None:
    return None if share is None else round(100 * share.share, DECIMALS)


def _tally_columns() -> list[Column]:
    return [
        Column(gettext_lazy("Left"), lambda row: row.tally.left),
        Column(gettext_lazy("Of their own will"), lambda row: row.tally.own_will),
        Column(gettext_lazy("High performers lost"), lambda row: row.tally.strong_lost),
        Column(gettext_lazy("Seen coming, %"), lambda row: _percent(row.tally.seen_coming)),
        Column(gettext_lazy("Had a plan, %"), lambda row: _percent(row.tally.had_plan)),
    ]


def _quarter_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Quarter"), lambda quarter: quarter.name),
        *_tally_columns(),
        Column(gettext_lazy("High performers who stayed, %"), lambda quarter: _percent(quarter.kept)),
    ]


def _quarters(user: Principal, query: QueryDict) -> list[Quarter]:
    return _report(user, query).quarters if user.viewer.may_use("retention:read") else []


@dataclass(frozen=True)
class Part:
    """The exits of two years in one part of the organisation."""

    unit: OrgUnit
    tally: Tally


def _part_columns() -> Sequence[Column]:
    return [Column(gettext_lazy("Unit"), lambda part: part.unit), *_tally_columns()]


def _parts(user: Principal, query: QueryDict) -> list[Part]:
    return [Part(unit, tally) for unit, tally in _report(user, query).parts]


THEMES = list_kind(
    ListKind("talent.stay_themes", gettext_lazy("What stay interviews brought up"), _theme_columns, _themes, READERS)
)
QUARTERS = list_kind(
    ListKind("talent.exit_quarters", gettext_lazy("Exits by quarter"), _quarter_columns, _quarters, READERS)
)
PARTS = list_kind(ListKind("talent.exit_units", gettext_lazy("Exits by unit"), _part_columns, _parts, READERS))
