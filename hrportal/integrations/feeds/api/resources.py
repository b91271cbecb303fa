"""Nightly exports over the API: which there are, and their files."""

from typing import Any

from django.db import transaction
from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from hrportal.common.access import Access
from hrportal.common.api import require_scope
from hrportal.common.resources import ResourceViewSet
from hrportal.common.schema import RANGE, file_answers
from hrportal.common.stored import answer_with
from hrportal.integrations.feeds import events
from hrportal.integrations.feeds.bi.tables import TABLES, scope_of
from hrportal.integrations.feeds.models import BiFile, BiRun


class BiFileSerializer(serializers.ModelSerializer):
    """One table: a gzip file with `rows` rows, at `GET /bi-exports/{id}/files/{table}/`."""

    size = serializers.IntegerField(source="stored.size", read_only=True, help_text="Bytes of the compressed file.")
    sha256 = serializers.CharField(source="stored.sha256", read_only=True, help_text="Of the compressed file.")
    columns = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = BiFile
        fields = ["table", "name", "rows", "columns", "size", "sha256"]
        read_only_fields = fields


class BiRunSerializer(serializers.ModelSerializer):
    """One night: its manifest. All tables are as they were when the change feed stood at `as_of`."""

    files = BiFileSerializer(many=True, read_only=True)
    left_out = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="Tables whose scope the client did not have."
    )
    as_of = serializers.IntegerField(read_only=True, help_text="Ask the change feed for what came `since`.")
    format = serializers.CharField(read_only=True, help_text="`ndjson` or `csv`.")

    class Meta:
        model = BiRun
        fields = ["id", "schema_version", "as_of", "format", "started_at", "finished_at", "files", "left_out"]
        read_only_fields = fields


class BiExportViewSet(ResourceViewSet):
    """What was made for the calling client at night, for as many days as it is kept. For a client by itself."""

    http_method_names = ["get"]
    access = Access(scopes={"*": ""})
    queryset = BiRun.objects.done().with_files().order_by("id")
    serializer_class = BiRunSerializer

    def get_queryset(self) -> Any:
        if not getattr(self, "swagger_fake_view", False) and not self.by.viewer.is_client:
            return BiRun.objects.none()
        return super().get_queryset()

    def get_object(self) -> BiRun:
        run = self.get_queryset().filter(pk=self.kwargs["pk"]).first()
        if run is None:
            raise Http404
        return run

    @extend_schema(
        parameters=[
            OpenApiParameter("table", OpenApiTypes.STR, OpenApiParameter.PATH, enum=sorted(TABLES)),
            RANGE,
        ],
        responses=file_answers("application/gzip"),
        filters=False,
    )
    @action(detail=True, url_path="files/<str:table>", url_name="file")
    def file(self, request: Request, pk: int, table: str) -> HttpResponseBase:
        """The file of one table. It takes every scope it was read with still: with fewer, its rows would hold less."""
        run = self.get_object()
        file = next((file for file in run.files.all() if file.table == table), None)
        if file is None:
            raise Http404
        for scope in (scope_of(table), *run.scopes):
            require_scope(self.by, scope)
        with transaction.atomic():
            events.bi_file_taken(file, by=self.by)
        return answer_with(request._request, file.stored, file.name)


resources = {"bi-exports": BiExportViewSet}
