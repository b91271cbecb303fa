"""What clients write about people: one at a time with the verbs of a person, or thousands in one request."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.actions import ActionError
from hrportal.common.api import StrictSerializer
from hrportal.common.problems import problem_of
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.people.actions import (
    call_off_end,
    correct_employee,
    end_employment,
    hire_employee,
    place_employee,
    rehire_employee,
)
from hrportal.people.api import filters
from hrportal.people.api import serializers as shown
from hrportal.people.api.references import CodeField, ManagerField
from hrportal.people.enums import EmploymentStatus, Gender, LeaveReason
from hrportal.people.history import PLACE
from hrportal.people.importing.comparing import Kind
from hrportal.people.importing.upserting import Outcome, try_people, upsert_people
from hrportal.people.models import Employee, Job, LegalEntity, Location, OrgUnit, PendingManager, Position

READ, WRITE = "employees:read", "employees:write"
MOST_ITEMS = 5000
RESULTS = [("created", "created"), ("updated", "updated"), ("unchanged", "unchanged"), ("refused", "refused")]


class PlaceInput(StrictSerializer):
    """Where somebody works and for whom; what is not named stays as it is, null clears."""

    manager = ManagerField(required=False)
    org_unit = CodeField(OrgUnit.objects.filter(is_active=True), required=False)
    job = CodeField(Job.objects.filter(is_active=True), required=False)
    position = CodeField(Position.objects.filter(is_active=True), required=False)
    location = CodeField(Location.objects.filter(is_active=True), required=False)
    legal_entity = CodeField(LegalEntity.objects.filter(is_active=True), required=False)


class EmployeeInput(PlaceInput):
    """A person. A first day to come makes them somebody who starts later."""

    employee_number = serializers.CharField(max_length=50)
    source = serializers.CharField(max_length=50, required=False, allow_blank=True)  # type: ignore[assignment]
    remote_id = serializers.CharField(max_length=200, required=False, allow_blank=True)
    first_name = serializers.CharField(max_length=100)
    last_name = serializers.CharField(max_length=100)
    preferred_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    work_email = serializers.EmailField(required=False, allow_blank=True)
    hired_on = serializers.DateField()
    birth_year = serializers.IntegerField(min_value=1900, max_value=2100, required=False, allow_null=True)
    gender = serializers.ChoiceField(Gender.choices, required=False, allow_blank=True)


class EmployeeChange(EmployeeInput):
    """Names, keys and dates change at once; the place from `effective_on`, in the past or to come, today if not said."""

    status = serializers.ChoiceField(
        [EmploymentStatus.ACTIVE, EmploymentStatus.LEAVE], required=False, help_text="At work, or on leave."
    )
    effective_on = serializers.DateField(required=False, help_text="For the place alone.")


class TransferInput(PlaceInput):
    effective_on = serializers.DateField(help_text="In the past, today, or to come: then it is so from that day on.")


class EndInput(StrictSerializer):
    left_on = serializers.DateField(
        help_text="The last day of work. One to come is noted, and ends when it has passed."
    )
    leave_reason = serializers.ChoiceField(LeaveReason.choices, default=LeaveReason.OTHER)


class RehireInput(PlaceInput):
    hired_on = serializers.DateField(help_text="The first day, after the last one.")


class PeopleInput(StrictSerializer):
    """People as their system knows them, in any order; managers may come with them or later."""

    items = serializers.ListField(
        child=serializers.DictField(),
        min_length=1,
        max_length=MOST_ITEMS,
        help_text="Each with `remote_id` or `employee_number`, and what is to be so: the fields of a person, codes of"
        " `org_unit`, `job`, `position`, `location`, `legal_entity`, and `manager` by one key.",
    )
    source = serializers.CharField(  # type: ignore[assignment]
        max_length=50, default="", allow_blank=True, help_text="Unless an item names its own."
    )
    effective_on = serializers.DateField(required=False, help_text="Today or before; today if not said.")
    dry_run = serializers.BooleanField(default=False, help_text="Only say what would become of everybody.")

    def validate_effective_on(self, day: datetime.date) -> datetime.date:
        if day > timezone.localdate():
            raise serializers.ValidationError(_("Of a day to come speak person by person."))
        return day


class PersonResult(serializers.Serializer):
    """What became of one item."""

    index = serializers.IntegerField(help_text="Its place in `items`, from 0.")
    result = serializers.ChoiceField(RESULTS)
    status = serializers.IntegerField(help_text="As if it had been sent alone: 201, 200 or 400.")
    id = serializers.IntegerField(allow_null=True, help_text="Null for who was refused, or would be new in a dry run.")
    employee_number = serializers.CharField()
    remote_id = serializers.CharField()
    waits_for_manager = serializers.BooleanField(
        help_text="They report to whom they named as soon as that person comes."
    )
    problem = serializers.DictField(required=False, help_text="Why not, as in every error. Pointers begin at `items`.")


class PeopleAnswer(serializers.Serializer):
    """All items in their order. The answer is 200 even if some were refused."""

    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    refused = serializers.IntegerField()
    results = PersonResult(many=True)


class EmployeeViewSet(ResourceViewSet):
    """Employees as they are today, and what happens to them."""

    WRITES = ("create", "partial_update", "transfer", "end", "call_off_end", "return_", "bulk")
    access = Access(scopes={"*": READ, **dict.fromkeys(WRITES, WRITE)})
    permission_map = dict.fromkeys(WRITES, "people.edit_person")
    queryset = Employee.objects.select_related(
        "manager", "org_unit", "job", "position", "location", "legal_entity"
    ).order_by("id")
    serializer_class = shown.EmployeeSerializer
    filterset_class = filters.EmployeeFilter

    @extend_schema(request=EmployeeInput, responses={201: shown.EmployeeSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Take somebody on."""
        given = self.taken(EmployeeInput)
        _refuse_leaver(given)
        return self.changed(hire_employee(by=self.by, **given), status=201)

    @extend_schema(request=EmployeeChange, responses=shown.EmployeeSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change what is named."""
        employee, given = self.get_object(), self.taken(EmployeeChange, partial=True)
        effective_on = given.pop("effective_on", None)
        place = {name: given.pop(name) for name in PLACE if name in given}
        if effective_on and not place:
            raise serializers.ValidationError({"effective_on": [_("Only a change of place has a day of its own.")]})
        _refuse_leaver(place, employee)
        with transaction.atomic():
            if given:
                employee = correct_employee(employee, by=self.by, **given)
            if place:
                day = effective_on or timezone.localdate()
                employee = place_employee(employee, by=self.by, effective_on=day, **place)
        return self.changed(employee)

    @verb(TransferInput)
    def transfer(self, employee: Employee, *, effective_on: datetime.date, **place: Any) -> Employee:
        """Change manager, unit, job, seat, location or legal entity from a day on."""
        if not place:
            raise ActionError(_("Say what changes."))
        _refuse_leaver(place, employee)
        return place_employee(employee, by=self.by, effective_on=effective_on, **place)

    @verb(EndInput)
    def end(self, employee: Employee, *, left_on: datetime.date, leave_reason: str) -> Employee:
        """Set the last day; once it has passed the account is closed with its sessions and roles."""
        return end_employment(employee, by=self.by, left_on=left_on, reason=leave_reason)

    @verb()
    def call_off_end(self, employee: Employee) -> Employee:
        """Take back a last day that has not passed."""
        return call_off_end(employee, by=self.by)

    @verb(RehireInput)
    def return_(self, employee: Employee, **given: Any) -> Employee:
        """Take back somebody who had left; they keep their number and all that is written of them."""
        _refuse_leaver(given, employee)
        return rehire_employee(employee, by=self.by, **given)

    @extend_schema(request=PeopleInput, responses=PeopleAnswer)
    @action(detail=False, methods=["post"])
    def bulk(self, request: Request) -> Response:
        """Create or change up to 5,000 people in one transaction. Whoever is not named stays as they are."""
        given = self.taken(PeopleInput)
        write = try_people if given["dry_run"] else upsert_people
        outcomes = write(given["items"], by=self.by, source=given["source"], effective_on=given.get("effective_on"))
        results = [self._result(outcome) for outcome in outcomes]
        words = [result["result"] for result in results]
        counts = {word: words.count(word) for word, _same in RESULTS}
        return Response({**counts, "results": results})

    def _result(self, outcome: Outcome) -> dict[str, Any]:
        item = outcome.item
        told = {
            "index": item.index,
            "result": _result_of(outcome),
            "status": 400 if outcome.errors else 201 if outcome.kind == Kind.HIRED else 200,
            "id": outcome.employee_id,
            "employee_number": item.number,
            "remote_id": item.values.get("remote_id", ""),
            "waits_for_manager": outcome.waits_for_manager,
        }
        return {**told, "problem": self._problem(outcome)} if outcome.errors else told

    def _problem(self, outcome: Outcome) -> dict[str, Any]:
        detail: dict[str, list[exceptions.ErrorDetail]] = {}
        for error in outcome.errors:
            detail.setdefault(error.field, []).append(exceptions.ErrorDetail(error.reason, error.code))
        return problem_of(serializers.ValidationError(detail), self.request, below=f"/items/{outcome.item.index}")


def _result_of(outcome: Outcome) -> str:
    if outcome.errors:
        return "refused"
    if outcome.kind is None:
        return "unchanged"
    return "created" if outcome.kind == Kind.HIRED else "updated"


class PendingManagerSerializer(serializers.ModelSerializer):
    """Whose manager was named by a key that nobody has yet, or (with a `problem`) cannot be whoever has it."""

    employee = shown.EmployeeRef(read_only=True)

    class Meta:
        model = PendingManager
        fields = ["id", "employee", "key", "source", "value", "starts_on", "problem", "noted_at"]
        read_only_fields = fields


class PendingManagerViewSet(ResourceViewSet):
    """People whose manager is still to come."""

    access = Access(scopes={"*": WRITE})
    queryset = PendingManager.objects.select_related("employee").order_by("id")
    serializer_class = PendingManagerSerializer


def _refuse_leaver(place: dict[str, Any], employee: Employee | None = None) -> None:
    """Put nobody under a manager who has left, as the pages do not; whoever is there already may stay."""
    manager = place.get("manager")
    is_there = manager is not None and employee is not None and manager.pk == employee.manager_id
    if manager and manager.has_left and not is_there:
        raise serializers.ValidationError({"manager": [_("%s has left.") % manager.name]})
