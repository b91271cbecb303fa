"""Figures and suggestions to take away, with the rights of whoever takes them."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from calibration.filters.evidence import FindingFilter, asked_first
from calibration.models import ManagerEvidence
from hrportal.common.exports import Column
from hrportal.people.exports import ListKind, filtered, list_kind
from hrportal.people.lists import person_columns

DECIMALS = 3


def _columns() -> Sequence[Column]:
    return [
        *person_columns("manager"),
        Column(_("Cycle"), lambda row: row.run.cycle),
        Column(_("Ratings"), lambda row: row.ratings),
        Column(_("People"), lambda row: row.people),
        Column(_("Mean"), lambda row: _rounded(row.mean)),
        Column(_("Organisation"), lambda row: _rounded(row.organisation)),
        Column(_("Explained by goals and peers"), lambda row: _rounded(row.explained)),
        Column(_("Remaining"), lambda row: _rounded(row.remaining)),
        Column(_("Leniency"), lambda row: _rounded(row.leniency)),
        Column(_("From"), lambda row: _rounded(row.low)),
        Column(_("To"), lambda row: _rounded(row.high)),
        Column(_("What it rests on"), lambda row: row.get_basis_display()),
        Column(_("In words"), lambda row: row.words),
        Column(_("Asked to explain"), lambda row: " ".join(row.questions)),
        Column(_("Notes"), lambda row: " ".join(row.notes)),
        Column(_("Computed"), lambda row: row.run.computed_at),
        Column(_("Method"), lambda row: row.run.method),
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def _rows(user: Any, query: QueryDict) -> Any:
    seen = ManagerEvidence.objects.visible_to(user).newest().select_related("run__cycle", "manager")
    return filtered(FindingFilter, query, asked_first(seen), user)


FINDINGS = list_kind(ListKind("calibration.evidence", _("Evidence on managers’ ratings"), _columns, _rows))
