"""The figures to take away."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, list_kind
from hrportal.people.viewer import Principal
from talent.metrics.report import Report
from talent.models import TalentMetrics


def _columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Unit"), lambda line: line[0].name or _("All")),
        Column(gettext_lazy("Figure"), lambda line: line[1].title),
        Column(pgettext_lazy("division", "Part"), lambda line: line[1].part),
        Column(pgettext_lazy("division", "Whole"), lambda line: line[1].whole),
        Column(
            pgettext_lazy("part of a whole", "Share"),
            lambda line: line[1].interval and round(line[1].interval.share, 4),
        ),
        Column(gettext_lazy("95 % from"), lambda line: line[1].interval and round(line[1].interval.low, 4)),
        Column(gettext_lazy("95 % to"), lambda line: line[1].interval and round(line[1].interval.high, 4)),
        Column(gettext_lazy("What it is made of"), lambda line: line[1].made_of),
    ]


def _rows(user: Principal, query: QueryDict) -> list[Any]:
    number = query.get("metrics", "")
    found = TalentMetrics.objects.visible_to(user).computed().with_subject()
    metrics = found.filter(pk=number).first() if number.isdecimal() and len(number) < 10 else None
    return list(Report(metrics, user).lines) if metrics else []


METRICS = list_kind(
    ListKind(
        "talent.metrics",
        gettext_lazy("Figures of talent management"),
        _columns,
        _rows,
        HR_ROLES | {Role.EXECUTIVE, Role.INTEGRATION},
    )
)
