"""Files of employees over the API: uploaded, compared, taken in, taken back. The long work is done by jobs."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access, get_for_user
from hrportal.common.api import ReasonInput, StrictSerializer
from hrportal.common.filters import ChoiceIn, ResourceFilter, WordIn
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.journal.api import STARTS_JOB, JobSerializer, started
from hrportal.people.actions import imports as actions
from hrportal.people.enums import ChangeKind, ImportState
from hrportal.people.importing.columns import COLUMNS
from hrportal.people.models import EmployeeImport, ImportChange, ImportProblem


class ImportSerializer(serializers.ModelSerializer):
    """A file of employees: how far it is, and how many people it concerns or would concern."""

    columns = serializers.SerializerMethodField(help_text="Which of our columns each of the file's is; empty: ignored.")
    undo = serializers.DictField(read_only=True, help_text="What taking it back did or would do, in numbers.")

    class Meta:
        model = EmployeeImport
        fields = [
            "id", "source", "file_name", "state", "effective_on", "columns", "rows", "created", "changed", "returned",
            "ended", "refused", "people", "leaving", "ends_too_many", "refusal", "job_id", "client_id", "uploaded_at",
            "finished_at", "cleared_at", "undo", "undo_reason", "undone_at",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
    def get_columns(self, imported: EmployeeImport) -> dict[str, str]:
        return imported.settings.get("names", {})


class ImportDifferenceSerializer(serializers.ModelSerializer):
    """What a file does to one person. `fields` holds old and new by field; null is what is used in aggregates alone."""

    name = serializers.SerializerMethodField()
    changes = serializers.SerializerMethodField()
    conflicts = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="What an undo leaves alone: changed by somebody since."
    )

    class Meta:
        model = ImportChange
        fields = ["id", "employee", "employee_number", "name", "kind", "changes", "conflicts"]
        read_only_fields = fields

    @extend_schema_field(OpenApiTypes.STR)
    def get_name(self, change: ImportChange) -> str:
        return change.employee.name if change.employee else change.name

    @extend_schema_field({"type": "object", "additionalProperties": {"type": ["array", "null"], "items": {}}})
    def get_changes(self, change: ImportChange) -> dict[str, Any]:
        return change.shown_fields()


class ImportErrorSerializer(serializers.ModelSerializer):
    """Why a row does not go in, or not as it was written."""

    class Meta:
        model = ImportProblem
        fields = ["id", "line", "column", "value", "reason"]
        read_only_fields = fields


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string", "enum": [*COLUMNS, ""]}})
class ColumnsField(serializers.JSONField):
    """Which of our columns each column of a file is, as JSON; the empty word: ignored."""

    default_error_messages = {"columns": _("An object of their columns and ours.")}

    def to_internal_value(self, data: Any) -> dict[str, str]:
        given = super().to_internal_value(data)
        ours = (*COLUMNS, "")  # no set: what was sent may be a list, and that has no hash
        if not isinstance(given, dict) or not all(name in ours for name in given.values()):
            self.fail("columns")
        return given


@extend_schema_serializer(component_name="EmployeeImportInput")
class ImportInput(StrictSerializer):
    """A file, as `multipart/form-data`."""

    file = serializers.FileField(help_text="CSV or XLSX, at most 50 MB.")
    source = serializers.CharField(  # type: ignore[assignment]
        max_length=50, default="hris", help_text="A file is everyone of its source."
    )
    effective_on = serializers.DateField(required=False, help_text="The day it speaks of; today if not said.")
    columns = ColumnsField(
        required=False,
        help_text='Their columns and ours as JSON: {"Personnel no.": "employee_number"}. Others as guessed.',
    )
    encoding = serializers.CharField(required=False, max_length=40, help_text="Found out if not said.")
    sheet = serializers.CharField(required=False, max_length=100, help_text="The first if not said.")
    date_format = serializers.CharField(required=False, max_length=20, help_text="Like %d.%m.%Y, beside 2026-01-31.")
    digits = serializers.IntegerField(required=False, min_value=0, max_value=50)
    email_domain = serializers.CharField(required=False, max_length=200)
    is_strict = serializers.BooleanField(required=False, allow_null=True)
    allow_leavers = serializers.BooleanField(
        required=False, allow_null=True, help_text="Without dry run: more than a tenth may leave."
    )
    dry_run = serializers.BooleanField(
        required=False, allow_null=True, help_text="true if not said: compare, and wait for `apply`."
    )


class ApplyImportInput(StrictSerializer):
    allow_leavers = serializers.BooleanField(default=False, help_text="More than a tenth of the people may leave.")


class ImportFilter(ResourceFilter):
    source = django_filters.CharFilter(help_text="The source system.")
    state = ChoiceIn(choices=ImportState.choices, help_text="States, with commas between them.")

    class Meta:
        model = EmployeeImport
        fields: list[str] = []


class ImportDifferenceFilter(django_filters.FilterSet):
    kind = ChoiceIn(choices=ChangeKind.choices, help_text="Kinds, with commas between them.")
    employee_numbers = WordIn(field_name="employee_number", help_text="Employee numbers, with commas between them.")

    class Meta:
        model = ImportChange
        fields: list[str] = []


class ImportErrorFilter(django_filters.FilterSet):
    class Meta:
        model = ImportProblem
        fields: list[str] = []


class ImportViewSet(ResourceViewSet):
    """Files of employees, for clients and people who look after the data of the whole company."""

    access = Access(scopes={"*": "employees:write"})
    permission_map = dict.fromkeys(["create", "apply", "discard", "undo", "check_undo"], "people.import_employees")
    queryset = EmployeeImport.objects.order_by("id")
    serializer_class = ImportSerializer
    filterset_class = ImportFilter

    def get_parsers(self) -> list[Any]:
        name = getattr(self, "action", None) or self.action_map.get(str(self.request.method).lower())
        return [MultiPartParser() if name == "create" else JSONParser()]

    @extend_schema(request={"multipart/form-data": ImportInput}, responses={202: JobSerializer})
    def create(self, request: Request) -> Response:
        """Upload a file. Its job compares it, or without a dry run takes it in; its `result` names the import."""
        given = self.taken(ImportInput)
        file = given.pop("file")
        imported = actions.upload_import(
            file.chunks(),
            by=self.by,
            name=file.name,
            size=file.size,
            source=given.pop("source"),
            effective_on=given.pop("effective_on", None),
        )
        return started(self._begin(imported, given), self)

    def _begin(self, imported: EmployeeImport, given: dict[str, Any]) -> Any:
        """Go on with a file that was just uploaded; one that cannot go on is not kept."""
        is_dry, allows = given.pop("dry_run", None) is not False, bool(given.pop("allow_leavers", None))
        given["is_strict"] = bool(given.get("is_strict"))
        try:
            if given.get("encoding") or given.get("sheet"):
                wanted = {name: given.get(name, "") for name in ("encoding", "sheet")}
                imported = actions.reread_import(imported, by=self.by, **wanted)
            if columns := given.pop("columns", None):
                given["names"] = imported.settings["names"] | columns
            if is_dry:
                return actions.check_import(imported, by=self.by, **given)
            return actions.take_in_unseen(imported, by=self.by, allow_leavers=allows, **given)
        except Exception:
            actions.discard_import(imported, by=self.by)
            raise

    @verb(ApplyImportInput, schema=STARTS_JOB)
    def apply(self, imported: EmployeeImport, *, allow_leavers: bool) -> Any:
        """Take in a file that was compared: at once (202), or on the day it speaks of (200)."""
        job = actions.apply_import(imported, by=self.by, allow_leavers=allow_leavers)
        return imported if job is None else started(job, self)

    @verb()
    def discard(self, imported: EmployeeImport) -> EmployeeImport:
        """Give up a file that was not taken in, or an attempt to take one back whose job was given up."""
        return actions.discard_import(imported, by=self.by)

    @verb(schema=STARTS_JOB)
    def check_undo(self, imported: EmployeeImport) -> Response:
        """Find out what taking the file back would do; `undo` and the differences' `conflicts` tell it then."""
        return started(actions.check_undo(imported, by=self.by), self)

    @verb(ReasonInput, schema=STARTS_JOB)
    def undo(self, imported: EmployeeImport, *, reason: str) -> Response:
        """Take back the last file of a source."""
        return started(actions.undo_import(imported, by=self.by, reason=reason), self)

    @extend_schema(responses=ImportDifferenceSerializer(many=True))
    @action(
        detail=True,
        queryset=ImportChange.objects.select_related("employee").order_by("id"),
        serializer_class=ImportDifferenceSerializer,
        filterset_class=ImportDifferenceFilter,
    )
    def differences(self, request: Request, pk: int) -> Response:
        """Person by person, what the file changes or changed."""
        return self._page_of(pk)

    @extend_schema(responses=ImportErrorSerializer(many=True))
    @action(
        detail=True,
        queryset=ImportProblem.objects.order_by("id"),
        serializer_class=ImportErrorSerializer,
        filterset_class=ImportErrorFilter,
    )
    def errors(self, request: Request, pk: int) -> Response:
        """The rows that do not go in, and why."""
        return self._page_of(pk)

    def _page_of(self, pk: int) -> Response:
        """The rows that belong to one import."""
        imported = get_for_user(EmployeeImport.objects.all(), self.by, pk=pk)
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset().filter(employee_import=imported)))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
