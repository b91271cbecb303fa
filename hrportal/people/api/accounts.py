"""Accounts: who can sign in, and inviting them. No answer holds an invitation: its link goes to its owner's address alone."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.actions import ActionError
from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.journal.api import JobSerializer, started
from hrportal.people import actions
from hrportal.people.api import filters
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.enums import Role
from hrportal.people.models import Employee, RoleGrant, User

READ, WRITE = "accounts:read", "accounts:write"


class RoleSerializer(serializers.ModelSerializer):
    """A role that was given, and for which unit."""

    role = serializers.ChoiceField(choices=Role.choices, read_only=True)
    org_unit = NamedRef(read_only=True, allow_null=True)

    class Meta:
        model = RoleGrant
        fields = ["role", "org_unit"]
        read_only_fields = fields


class AccountSerializer(serializers.ModelSerializer):
    """An account. Before its owner set a password it cannot be entered but by its invitation."""

    employee = EmployeeRef(read_only=True, allow_null=True)
    roles = RoleSerializer(source="current_grants", many=True, read_only=True)
    has_password = serializers.BooleanField(source="has_usable_password", read_only=True)

    class Meta:
        model = User
        fields = [
            "id",
            "username",
            "email",
            "employee",
            "roles",
            "is_active",
            "has_password",
            "invited_at",
            "last_login",
            "date_joined",
        ]
        read_only_fields = fields


class AccountInput(StrictSerializer):
    employee = VisibleRow(queryset=Employee.objects.select_related("org_unit"))


class AccountViewSet(ResourceViewSet):
    """Accounts, for system administrators, and for clients that open them where no directory does by SCIM. What belongs to HR
    leaders and system administrators no client touches."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {
        "create": "people.create_account",
        "invite_everyone": "people.invite_people",
        "invite": "people.invite_account",
        "take_work_address": "people.take_work_address",
        "deactivate": "people.deactivate_account",
        "reactivate": "people.reactivate_account",
    }
    queryset = User.objects.with_roles().order_by("id")
    serializer_class = AccountSerializer
    filterset_class = filters.AccountFilter

    @extend_schema(request=AccountInput, responses={201: AccountSerializer})
    def create(self, request: Request) -> Response:
        """Give somebody an account and send them an invitation; whoever has one is sent another."""
        employee = self.taken(AccountInput)["employee"]
        account = User.objects.select_related("employee__org_unit").filter(employee=employee).first()
        permission, row = ("invite_account", account) if account else ("invite_person", employee)
        if not self.by.has_perm(f"people.{permission}", row):
            raise PermissionDenied
        address = account.email if account else employee.work_email
        self._invite(address, lambda: actions.invite_person(employee, by=self.by))
        return self.changed(User.objects.get(employee=employee), 201)

    @extend_schema(request=None, responses={202: JobSerializer})
    @action(detail=False, methods=["post"], url_path="invite-everyone", url_name="invite-everyone")
    def invite_everyone(self, request: Request) -> Response:
        """Invite everyone who has a work address and no account, in the background."""
        return started(actions.start_inviting(by=self.by), self)

    @verb()
    def invite(self, account: User) -> User:
        """Send the owner a new invitation; older ones stop working."""
        self._invite(account.email, lambda: actions.invite_account(account, by=self.by))
        return account

    @verb()
    def take_work_address(self, account: User) -> User:
        """Let an account that did not follow have its owner's work address. An administrator's own deed."""
        return actions.take_work_address(account, by=self.by)

    @verb()
    def deactivate(self, account: User) -> User:
        """Close it with its sessions, tokens and roles."""
        return actions.deactivate_account(account, by=self.by)

    @verb()
    def reactivate(self, account: User) -> User:
        """Open it again, without its old roles and password: invite its owner then."""
        return actions.reactivate_account(account, by=self.by)

    def _invite(self, address: str, invite: Callable[[], Any]) -> None:
        """Invite somebody whom a letter reaches: a link that nobody gets would only end the one before."""
        if not address:
            raise ActionError(_("There is no address to send the invitation to."))
        invite()
