"""`manage.py create_account`: the way in for the very first administrator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from hrportal.common.actions import ActionError
from hrportal.people.actions import create_account, grant_role, invite_account
from hrportal.people.enums import Role
from hrportal.people.models import Employee

# A role over a unit is given afterwards, by `grant_role`.
WITHOUT_UNIT = (Role.ADMIN, Role.HR_LEADER, Role.EXECUTIVE)


class Command(BaseCommand):
    help = "Make an account and print the one-time link that sets its password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--email", default="", help="where the link is also sent")
        parser.add_argument("--employee", metavar="NUMBER", help="the employee whose account it is")
        parser.add_argument("--role", choices=[role.value for role in WITHOUT_UNIT], help="a role to begin with")

    def handle(self, *args: Any, username: str, email: str, employee: str | None, **options: Any) -> None:
        try:
            self.stdout.write(_invite(username, email, employee, options["role"]))
        except Employee.DoesNotExist as error:
            raise CommandError(f"There is no employee {employee}.") from error
        except ActionError as error:
            raise CommandError(error.message) from error


@transaction.atomic
def _invite(username: str, email: str, number: str | None, role: str | None) -> str:
    owner = Employee.objects.get(employee_number=number) if number else None
    user = create_account(by=None, employee=owner, username=username, email=email)
    if role:
        grant_role(user, role, by=None)
    return invite_account(user, by=None)
