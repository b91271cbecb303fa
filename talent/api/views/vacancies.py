"""Vacancies."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.api import version_of
from hrportal.common.resources import ResourceViewSet, verb, with_etag
from hrportal.common.schema import IF_MATCH
from hrportal.people.models import Employee
from talent.actions import vacancies as steps
from talent.api import filters
from talent.api.serializers.vacancies import (
    CancelInput,
    FillInput,
    HireInput,
    OutcomeInput,
    VacancyEditInput,
    VacancyInput,
    VacancySerializer,
)
from talent.forms.vacancies import takers_for
from talent.models import Vacancy

READ, WRITE = "succession:read", "succession:write"


class VacancyViewSet(ResourceViewSet):
    """Seats that are or were vacant; nobody sees one that says how they came into a seat."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {
        "create": "talent.open_vacancy",
        "edit": "talent.edit_vacancy",
        "fill": "talent.fill_vacancy",
        "cancel": "talent.cancel_vacancy",
        "name_hire": "talent.name_hire",
        "note_outcome": "talent.note_outcome",
    }
    takes_version = frozenset({"edit"})
    queryset = Vacancy.objects.with_seat().order_by("id")
    serializer_class = VacancySerializer
    filterset_class = filters.VacancyFilter

    def shown(self, row: Any, status: int = 200) -> Response:
        return with_etag(super().shown(row, status), row.version)

    @extend_schema(request=VacancyInput, responses={201: VacancySerializer})
    def create(self, request: Request) -> Response:
        """Say that a seat is, or will be, vacant."""
        return self.changed(steps.open_vacancy(by=self.by, **self.taken(VacancyInput)), 201)

    @verb(takes=VacancyEditInput, schema={"parameters": [IF_MATCH]})
    def edit(self, vacancy: Vacancy, version: int | None = None, **changes: Any) -> Vacancy:
        """Correct when and why it fell vacant, on top of the version that was read."""
        with version_of(self.request, version) as read:
            return steps.edit_vacancy(vacancy, by=self.by, version=read, **changes)

    @verb(takes=FillInput)
    def fill(self, vacancy: Vacancy, *, employee: int | None, **said: Any) -> Vacancy:
        """Somebody took the seat. From where they came is worked out."""
        person = self._taker(vacancy, employee) if employee is not None else None
        return steps.fill_vacancy(vacancy, by=self.by, employee=person, **said)

    @verb(takes=CancelInput)
    def cancel(self, vacancy: Vacancy, *, decision: str) -> Vacancy:
        """It will not be filled."""
        return steps.cancel_vacancy(vacancy, by=self.by, decision=decision)

    @verb(takes=HireInput)
    def name_hire(self, vacancy: Vacancy, *, employee: int) -> Vacancy:
        """Whoever came from outside is in the directory now."""
        return steps.name_hire(vacancy, by=self.by, employee=self._taker(vacancy, employee))

    @verb(takes=OutcomeInput)
    def note_outcome(self, vacancy: Vacancy, **said: str) -> Vacancy:
        """Say how it went, a year after."""
        return steps.note_outcome(vacancy, by=self.by, outcome=said["outcome"], outcome_reason=said["outcome_reason"])

    def _taker(self, vacancy: Vacancy, employee: int) -> Employee:
        person = takers_for(vacancy, self.by).filter(pk=employee).first()
        if person is None:
            raise serializers.ValidationError({"employee": [_("This person cannot have taken the role.")]})
        return person
