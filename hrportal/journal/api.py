"""Jobs over the API: what a client that started long work asks until it is done."""

from typing import Any

from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.reverse import reverse

from hrportal.common.access import Access
from hrportal.common.resources import ResourceViewSet
from hrportal.journal.models import Job


class JobSerializer(serializers.ModelSerializer):
    """Long work: how far it is, and what came of it."""

    percent = serializers.IntegerField(read_only=True, allow_null=True, help_text="Empty while the amount is unknown.")
    is_finished = serializers.BooleanField(read_only=True)
    result = serializers.DictField(read_only=True)

    class Meta:
        model = Job
        fields = [
            "id",
            "kind",
            "title",
            "state",
            "done",
            "total",
            "percent",
            "is_finished",
            "result",
            "error",
            "created_at",
            "finished_at",
        ]
        read_only_fields = fields


class JobViewSet(ResourceViewSet):
    """One's own jobs. Ask again until `is_finished`; a job survives restarts of the portal."""

    access = Access(scopes={"*": ""})
    queryset = Job.objects.order_by("id")
    serializer_class = JobSerializer


def started(job: Job, view: Any) -> Response:
    """202 with the job that was started, and where to ask after it."""
    url = reverse("api:jobs-detail", args=[job.pk], request=view.request)
    return Response(JobSerializer(job).data, status=202, headers={"Location": url})


STARTS_JOB = {"responses": {202: JobSerializer}}
