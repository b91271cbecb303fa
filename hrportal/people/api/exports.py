"""Taking lists away over the API: always written in the background, fetched when the job is done."""

from django.http import Http404, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.api import StrictSerializer
from hrportal.common.exports import WRITERS
from hrportal.common.resources import ResourceViewSet
from hrportal.common.schema import RANGE, file_answers
from hrportal.common.stored import answer_with
from hrportal.journal.api import JobSerializer, started
from hrportal.people.exports import all_list_kinds, export_later, kind_named, may_still_read
from hrportal.people.models import ListExport


class ListExportSerializer(serializers.ModelSerializer):
    """A list that was taken away; `has_file` while its file can be fetched."""

    has_file = serializers.SerializerMethodField()

    class Meta:
        model = ListExport
        fields = ["id", "list_name", "format", "rows", "job_id", "made_at", "has_file"]
        read_only_fields = fields

    def get_has_file(self, export: ListExport) -> bool:
        return export.file_id is not None


class ListExportInput(StrictSerializer):
    list_name = serializers.CharField(max_length=60, help_text="A name that `GET /exports/lists/` answers.")
    format = serializers.ChoiceField(choices=sorted(WRITERS))
    filters = serializers.DictField(
        child=serializers.CharField(allow_blank=True), required=False, help_text="As in the URL of the list's page."
    )


class ListKindSerializer(serializers.Serializer):
    """A list that can be taken away."""

    name = serializers.CharField()
    title = serializers.CharField()


class ExportViewSet(ResourceViewSet):
    """Lists taken away by the client, or by the person it acts for. What a list holds is what its reader may see."""

    access = Access(scopes={"*": ""})
    queryset = ListExport.objects.order_by("id")
    serializer_class = ListExportSerializer

    @extend_schema(request=ListExportInput, responses={202: JobSerializer})
    def create(self, request: Request) -> Response:
        """Have a list written; its job tells when the file is there."""
        given = self.taken(ListExportInput)
        kind = kind_named(given["list_name"])
        if kind is None or not kind.is_open_to(self.by):
            raise serializers.ValidationError({"list_name": [_("There is no such list.")]})
        query = QueryDict(mutable=True)
        query.update(given.get("filters", {}))
        return started(export_later(kind, by=self.by, query=query, format=given["format"]), self)

    @extend_schema(parameters=[RANGE], responses=file_answers("application/octet-stream"), filters=False)
    @action(detail=True)
    def file(self, request: Request, pk: int) -> HttpResponseBase:
        """The file, for a week, as long as who asked for it may read as much as then."""
        export = ListExport.objects.visible_to(self.by).with_file().select_related("file").filter(pk=pk).first()
        if export is None or export.file is None or not may_still_read(export, self.by):
            raise Http404
        return answer_with(request._request, export.file, export.file_name)

    @extend_schema(responses=ListKindSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None)
    def lists(self, request: Request) -> Response:
        """Every list that can be taken away."""
        kinds = [kind for kind in all_list_kinds() if kind.is_open_to(self.by)]
        return Response(ListKindSerializer(kinds, many=True).data)
