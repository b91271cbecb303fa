"""Talent profiles."""

from hrportal.common.access import Access
from hrportal.common.resources import ResourceViewSet
from talent.api import filters
from talent.api.serializers.profiles import ProfileDetailSerializer, ProfileSerializer
from talent.models import TalentProfile


class ProfileViewSet(ResourceViewSet):
    """Talent profiles of others; nobody reads their own."""

    access = Access(scopes={"*": "talent:read"})
    queryset = TalentProfile.objects.with_ratings().order_by("id")
    serializer_class = ProfileSerializer
    detail_serializer_class = ProfileDetailSerializer
    filterset_class = filters.ProfileFilter
