"""What views of rows that are everyone's are built from."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from hrportal.common.access import Access
from hrportal.common.resources import ResourceViewSet

DIRECTORY = Access(scopes={"*": "employees:read"})


class PublicRows(ResourceViewSet):
    """Rows that are everyone's: whoever may come here sees them all."""

    access = DIRECTORY

    def get_queryset(self) -> QuerySet:
        return self.rows()

    def get_object(self) -> Any:
        return get_object_or_404(self.rows(), pk=self.kwargs["pk"])
