"""`manage.py invite_employees`: give employees an account and mail them the link to it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hrportal.common.actions import ActionError
from hrportal.people.actions import invite_person
from hrportal.people.models import Employee


class Command(BaseCommand):
    help = "Invite one employee, whose link is printed, or everyone with a work address and no account."

    def add_arguments(self, parser: CommandParser) -> None:
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--all", action="store_true", help="everyone with a work address and no account")
        who.add_argument("--number", metavar="N", help="the employee with this number")

    def handle(self, *args: Any, number: str | None, **options: Any) -> None:
        if number:
            self.stdout.write(self._invite_one(number))
        else:
            self._invite_all()

    def _invite_one(self, number: str) -> str:
        try:
            return invite_person(Employee.objects.get(employee_number=number), by=None)
        except Employee.DoesNotExist as error:
            raise CommandError(f"There is no employee {number}.") from error
        except ActionError as error:
            raise CommandError(error.message) from error

    def _invite_all(self) -> None:
        invited = 0
        for employee in list(Employee.objects.without_account()):
            try:
                invite_person(employee, by=None)
                invited += 1
            except ActionError as error:
                self.stderr.write(f"{employee.employee_number}: {error.message}")
        self.stdout.write(f"{invited} people invited.")
