"""The lists of nightly exports that can be taken away: which there are, and how the nights went. No file of theirs is in them."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.integrations.feeds.models import BiExport, BiRun
from hrportal.people.enums import Role
from hrportal.people.exports import ListKind, list_kind, of_named

ADMINISTRATORS = frozenset({Role.ADMIN})


def _export_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Client"), str),
        Column(gettext_lazy("Tables"), lambda export: ", ".join(export.tables)),
        Column(gettext_lazy("Format"), lambda export: export.get_format_display()),
        Column(gettext_lazy("Kept for days"), lambda export: export.kept_days),
        Column(gettext_lazy("State"), lambda export: _("On") if export.is_on else _("Off")),
    ]


def exports(user: Any, query: QueryDict) -> Any:
    """Every nightly export, by its client."""
    return BiExport.objects.visible_to(user).select_related("client").order_by("client__name", "pk")


def _run_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Client"), lambda run: run.export),
        Column(gettext_lazy("Begun"), lambda run: run.started_at),
        Column(gettext_lazy("State"), lambda run: run.get_state_display()),
        Column(gettext_lazy("Error"), lambda run: run.error),
        Column(gettext_lazy("Files"), lambda run: len(run.files.all())),
        Column(gettext_lazy("Rows"), lambda run: sum(file.rows for file in run.files.all())),
        Column(gettext_lazy("Left out"), lambda run: ", ".join(run.left_out)),
    ]


def runs(user: Any, query: QueryDict) -> Any:
    """The nights, the latest first; with `export` those of one export."""
    visible = BiExport.objects.visible_to(user)
    rows = of_named(query, "export", visible, BiRun.objects.filter(export__in=visible))
    return rows.with_files().select_related("export__client").order_by("-pk")


EXPORTS = list_kind(
    ListKind(
        "integrations.nightly_exports",
        gettext_lazy("Nightly exports"),
        _export_columns,
        exports,
        ADMINISTRATORS,
        in_person=True,
    )
)
RUNS = list_kind(
    ListKind(
        "integrations.nightly_runs",
        gettext_lazy("Nights of nightly exports"),
        _run_columns,
        runs,
        ADMINISTRATORS,
        in_person=True,
    )
)
