"""Fill an empty portal with a demo company."""

import os
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from hrportal.home.demo.cast import PASSWORD, PURPOSES
from hrportal.home.demo.load import SMALLEST, load_company
from hrportal.people.models import Employee, User
from performance.models import Review, ReviewCycle


class Command(BaseCommand):
    help = "Fill an empty portal with a demo company; the same seed makes the same company on the same day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--employees", type=int, default=300, help="how many people work there (default 300)")
        parser.add_argument("--seed", type=int, default=1, help="another number makes another company (default 1)")
        parser.add_argument(
            "--texts", type=float, help="share of people told in words, 0 to 1 (default: up to 2,000 people)"
        )
        parser.add_argument("--if-empty", action="store_true", help="do nothing if somebody works here already")
        parser.add_argument(
            "--accounts", action="store_true", help=f"in production, too, make accounts with the password {PASSWORD}"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if Employee.objects.exists():
            self._leave_as_is(may_be_full=options["if_empty"])
        else:
            self._load(options)
        if User.objects.filter(username__in=PURPOSES).count() == len(PURPOSES):
            self._say_how_to_sign_in()

    def _leave_as_is(self, *, may_be_full: bool) -> None:
        counts = (Employee.objects.count(), ReviewCycle.objects.count(), Review.objects.count())
        words = "{} people, {} review cycles, {} reviews are here already".format(*counts)
        if not may_be_full:
            raise CommandError(f"{words}; a demo company needs an empty database.")
        self.stdout.write(f"{words}; nothing was changed.")

    def _load(self, options: dict[str, Any]) -> None:
        if settings.IS_PRODUCTION and not options["accounts"]:
            raise CommandError(
                "This is production: --accounts says that accounts with a well-known password are wanted."
            )
        if options["employees"] < SMALLEST:
            raise CommandError(f"A company of fewer than {SMALLEST} people has too little to show.")
        began = time.monotonic()
        load_company(
            options["employees"],
            seed=options["seed"],
            today=timezone.localdate(),
            texts=options["texts"],
            say=lambda words: self._say(f"{time.monotonic() - began:6.1f} s  {words}"),
        )

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def _say_how_to_sign_in(self) -> None:
        url = os.environ.get("PUBLIC_URL") or f"http://localhost:{os.environ.get('PORT', '8000')}"
        self.stdout.write(f"\nSign in at {url}/ with the password {PASSWORD} as\n")
        for username, purpose in PURPOSES.items():
            self.stdout.write(f"  {username:10} {purpose}")
        self.stdout.write("")
