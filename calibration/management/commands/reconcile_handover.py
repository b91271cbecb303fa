"""Compare what completed reviews should have set off with what is there. Fails on differences, and when it covered nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from calibration.actions.reconciliation import reconcile
from calibration.enums import DifferenceKind, Outcome
from calibration.models import Reconciliation

EXAMPLES = 5


class Command(BaseCommand):
    help = "Compare both sides of the hand-over: completed reviews, and what they set off in talent and performance."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--examples", type=int, default=EXAMPLES, help="how many of each difference to name")

    def handle(self, *args: Any, **options: Any) -> None:
        found = reconcile(by=None)
        for effect, counts in found.by_effect:
            said = ", ".join(f"{number} {name}" for name, number in counts.items())
            self.stdout.write(f"{effect.label}: {said}")
            self._name(found, effect, options["examples"])
        summary = f"{found.covered} of {found.completed} completed reviews compared"
        if found.outcome == Outcome.NOTHING:
            raise CommandError(f"{summary}. {found.why_nothing}")
        if found.outcome == Outcome.DIFFERENT:
            raise CommandError(f"{summary}, with differences")
        self.stdout.write(self.style.SUCCESS(f"{summary}, no differences"))

    def _name(self, found: Reconciliation, effect: str, most: int) -> None:
        """Some of each kind of difference, by the numbers of reviews and people; who they are is on the page."""
        for kind in DifferenceKind.values:
            rows = found.differences.filter(effect=effect, kind=kind).select_related("employee", "review")
            for row in rows[:most]:
                what = row.review.get_absolute_url() if row.review else "no review"
                self.stderr.write(f"  {kind}: {what}, employee {row.employee.employee_number}: {row.mismatch}")
