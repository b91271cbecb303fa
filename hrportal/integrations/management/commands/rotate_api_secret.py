"""Give an API client a new secret."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hrportal.common.actions import ActionError
from hrportal.integrations.actions import rotate_secret
from hrportal.integrations.models import ApiClient


class Command(BaseCommand):
    help = "Give an API client a new secret and print it; the old one is valid until a chosen day, or ends now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("client_id")
        parser.add_argument("--valid-until", type=datetime.date.fromisoformat, metavar="DAY", help="such as 2026-12-31")

    def handle(self, *args: Any, client_id: str, valid_until: datetime.date | None, **options: Any) -> None:
        row = ApiClient.objects.filter(client_id=client_id).first()
        if row is None:
            raise CommandError("There is no such client.")
        try:
            self.stdout.write(rotate_secret(row, by=None, valid_until=valid_until))
        except ActionError as error:
            raise CommandError(error.message) from error
