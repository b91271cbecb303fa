"""Whether talent decisions can trust the performance data, over the API."""

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from calibration.actions import start_readiness_audit
from calibration.api.serializers.readiness import ReadinessAuditInput, ReadinessAuditSerializer
from calibration.models import ReadinessAudit
from hrportal.common.access import Access
from hrportal.common.resources import ResourceViewSet
from hrportal.journal.api import JobSerializer, started

READ, WRITE = "calibration:read", "calibration:write"


class ReadinessAuditViewSet(ResourceViewSet):
    """Readiness audits: those that the client, or the person it acts for, asked for through it."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {"create": "calibration.start_readiness_audit"}
    queryset = ReadinessAudit.objects.with_subject().order_by("id")
    serializer_class = ReadinessAuditSerializer

    @extend_schema(request=ReadinessAuditInput, responses={202: JobSerializer})
    def create(self, request: Request) -> Response:
        """Have one computed; what it holds is what the reader may see, which the scopes say."""
        given = self.taken(ReadinessAuditInput)
        planned = ReadinessAudit(cycle=given["cycle"], org_unit=given.get("org_unit"))
        if not self.by.has_perm("calibration.start_readiness_audit", planned):
            raise PermissionDenied
        return started(start_readiness_audit(by=self.by, **given), self)
