"""Recompute the journal's hash chain and say whether a row was removed, changed, or not yet sequenced."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hrportal.journal.chain import sequence_facts, verify_chain


class Command(BaseCommand):
    help = "Check that no fact in the journal was removed or edited."

    def handle(self, *args: Any, **options: Any) -> None:
        sequence_facts()
        found = verify_chain()
        for problem in found.problems:
            self.stderr.write(problem)
        summary = (
            f"{found.checked} facts checked, {found.unsequenced} not yet sequenced, {len(found.problems)} problems"
        )
        if found.problems or found.unsequenced:
            raise CommandError(summary)
        self.stdout.write(self.style.SUCCESS(summary))
