"""The skills inventory and certificates."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.errors import QueryError
from hrportal.common.resources import ResourceViewSet, verb
from talent.actions import assessments
from talent.api import filters, skill_filters
from talent.api.serializers.skills import (
    CertificateInput,
    CertificateSerializer,
    CountingSerializer,
    SkillInput,
    SkillReasonInput,
    SkillSerializer,
)
from talent.models import Certificate, SkillAssessment
from talent.models.skills import SkillQuerySet
from talent.skills.counting import levels_that_count

READ, WRITE = "talent:read", "talent:write"
MOST_PEOPLE = 100
SKILLS = SkillAssessment.objects.select_related("profile__employee__org_unit", "competency")


class SkillViewSet(ResourceViewSet):
    """What people were found to be able to do: others' by talent visibility, one's own once it was shared."""

    access = Access(scopes={"list": READ, "retrieve": READ, "counting": READ, "*": WRITE})
    permission_map = {"withdraw": "talent.withdraw_skill"}
    queryset = SKILLS.order_by("id")
    serializer_class = SkillSerializer
    filterset_class = filters.SkillFilter

    def get_queryset(self) -> Any:
        return cast(SkillQuerySet, super().get_queryset()).current_for(self.by)

    @extend_schema(request=SkillInput, responses={201: SkillSerializer})
    def create(self, request: Request) -> Response:
        """Say which level somebody has: as the person, their manager or an assessor."""
        fields = self.taken(SkillInput)
        employee = fields.pop("employee")
        if not self.by.has_perm("talent.assess_skill", employee):
            raise PermissionDenied
        return self.changed(assessments.assess_skill(employee, by=self.by, **fields), 201)

    @verb(takes=SkillReasonInput)
    def withdraw(self, skill: SkillAssessment, *, reason: str) -> SkillAssessment:
        """Take back what was said by hand, saying why."""
        return assessments.withdraw_skill(skill, by=self.by, reason=reason)

    @extend_schema(
        parameters=[OpenApiParameter("employee", str, required=True, description="Ids of at most 100 people.")],
        responses=CountingSerializer(many=True),
    )
    @action(detail=False, methods=["get"], pagination_class=None, filterset_class=None)
    def counting(self, request: Request) -> Response:
        """Of several levels known of a person and competency the one that counts."""
        people = _ids(request.query_params.get("employee", ""))
        rows = [
            {"employee": person, "competency": competency, "counting": counting}
            for person, levels in sorted(levels_that_count(people, self.by).items())
            for competency, counting in sorted(levels.items())
        ]
        flat = [row | {name: getattr(row["counting"], name) for name in COUNTED} for row in rows]
        return Response(CountingSerializer(flat, many=True).data)


COUNTED = ("level", "kind", "assessed_on", "is_stale")


def _ids(text: str) -> list[int]:
    """Ids with commas between them."""
    words = [word for word in text.split(",") if word]
    if not words or len(words) > MOST_PEOPLE or not all(word.isdecimal() and len(word) < 15 for word in words):
        raise QueryError({"employee": [f"Ids of people, with commas between them, at most {MOST_PEOPLE}."]})
    return [int(word) for word in words]


class CertificateViewSet(ResourceViewSet):
    """Certificates: others' by talent visibility, and one's own."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {"verify": "talent.verify_certificate", "withdraw": "talent.withdraw_certificate"}
    queryset = Certificate.objects.with_names().order_by("id")
    serializer_class = CertificateSerializer
    filterset_class = skill_filters.CertificateFilter

    @extend_schema(request=CertificateInput, responses={201: CertificateSerializer})
    def create(self, request: Request) -> Response:
        """Bring a certificate; one's own counts once a manager or HR has verified it."""
        fields = self.taken(CertificateInput)
        employee = fields.pop("employee")
        if not self.by.has_perm("talent.add_certificate", employee):
            raise PermissionDenied
        return self.changed(assessments.add_certificate(employee, by=self.by, **fields), 201)

    @verb()
    def verify(self, certificate: Certificate) -> Certificate:
        """Say that one has seen it; its level counts from here on."""
        return assessments.verify_certificate(certificate, by=self.by)

    @verb(takes=SkillReasonInput)
    def withdraw(self, certificate: Certificate, *, reason: str) -> Certificate:
        """Take it out, saying why; its level no longer counts."""
        return assessments.withdraw_certificate(certificate, by=self.by, reason=reason)
