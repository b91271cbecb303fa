"""The skills inventory."""

from typing import Any, cast

from hrportal.common.access import Access
from hrportal.common.resources import ResourceViewSet
from talent.api import filters
from talent.api.serializers.skills import SkillSerializer
from talent.models import SkillAssessment
from talent.models.skills import SkillQuerySet


class SkillViewSet(ResourceViewSet):
    """What people were found to be able to do: others' by talent visibility, one's own once it was shared."""

    access = Access(scopes={"*": "talent:read"})
    queryset = SkillAssessment.objects.select_related("profile__employee__org_unit", "competency").order_by("id")
    serializer_class = SkillSerializer
    filterset_class = filters.SkillFilter

    def get_queryset(self) -> Any:
        return cast(SkillQuerySet, super().get_queryset()).current_for(self.by)
