"""`manage.py grant_role USERNAME ROLE`: give a role to an account, or take it back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hrportal.common.actions import ActionError
from hrportal.people.actions import grant_role, revoke_role
from hrportal.people.enums import Role
from hrportal.people.models import OrgUnit, RoleGrant, User


class Command(BaseCommand):
    help = "Give a role to an account, for business partners and executives over a unit; --revoke takes it back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("role", choices=[role.value for role in Role.granted()])
        parser.add_argument("--unit", metavar="CODE", help="the unit the role is over, with all below it")
        parser.add_argument("--revoke", action="store_true", help="take the role back")

    def handle(self, *args: Any, username: str, role: str, unit: str | None, revoke: bool, **options: Any) -> None:
        try:
            user = User.objects.get(username=username)
            org_unit = OrgUnit.objects.get(code=unit) if unit else None
            if revoke:
                revoke_role(user.grants.current().get(role=role, org_unit=org_unit), by=None)
            else:
                grant_role(user, role, by=None, org_unit=org_unit)
        except User.DoesNotExist as error:
            raise CommandError(f"There is no account {username}.") from error
        except OrgUnit.DoesNotExist as error:
            raise CommandError(f"There is no unit with the code {unit}.") from error
        except RoleGrant.DoesNotExist as error:
            raise CommandError(f"{username} does not hold this role.") from error
        except ActionError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{username}: {role} {'taken back' if revoke else 'given'}.")
