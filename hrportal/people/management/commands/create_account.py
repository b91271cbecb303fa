"""`manage.py create_account`: the way in for the very first administrator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from hrportal.common.actions import ActionError
from hrportal.people.actions import create_account, grant_role, invite_account
from hrportal.people.enums import Role
from hrportal.people.models import Employee


class Command(BaseCommand):
    help = "Make an account and print the one-time link that sets its password. --admin makes it an administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--email", default="", help="where the link is also sent")
        parser.add_argument("--employee", metavar="NUMBER", help="the employee whose account it is")
        parser.add_argument("--admin", action="store_true", help="give it the role of system administrator")

    def handle(self, *args: Any, username: str, email: str, employee: str | None, **options: Any) -> None:
        try:
            self.stdout.write(_invite(username, email, employee, is_admin=options["admin"]))
        except Employee.DoesNotExist as error:
            raise CommandError(f"There is no employee {employee}.") from error
        except ActionError as error:
            raise CommandError(error.message) from error


@transaction.atomic
def _invite(username: str, email: str, number: str | None, *, is_admin: bool) -> str:
    owner = Employee.objects.get(employee_number=number) if number else None
    user = create_account(by=None, employee=owner, username=username, email=email)
    if is_admin:
        grant_role(user, Role.ADMIN, by=None)
    return invite_account(user, by=None)
