"""From a rating or a skill in talent back to where it comes from."""

from calibration.api import filters
from calibration.api.serializers.lineage import (
    RatingLineageDetailSerializer,
    RatingLineageSerializer,
    SkillLineageDetailSerializer,
    SkillLineageSerializer,
)
from hrportal.common.access import Access
from hrportal.common.resources import ResourceViewSet
from talent.models import CalibratedRating, SkillAssessment

READ = "ratings:read"


class RatingLineageViewSet(ResourceViewSet):
    """Every rating that entered a talent profile, replaced ones too; each with its steps, told as far as one may know them."""

    access = Access(scopes={"*": READ})
    queryset = CalibratedRating.objects.select_related("profile__employee").order_by("id")
    serializer_class = RatingLineageSerializer
    detail_serializer_class = RatingLineageDetailSerializer
    filterset_class = filters.RatingLineageFilter


class SkillLineageViewSet(ResourceViewSet):
    """The same of every level that entered the skills inventory; one's own once it was shared."""

    access = Access(scopes={"*": READ})
    queryset = SkillAssessment.objects.select_related("profile__employee", "competency").order_by("id")
    serializer_class = SkillLineageSerializer
    detail_serializer_class = SkillLineageDetailSerializer
    filterset_class = filters.SkillLineageFilter
