"""Take a system's access to the API away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hrportal.common.actions import ActionError
from hrportal.integrations.actions import revoke_client
from hrportal.integrations.models import ApiClient


class Command(BaseCommand):
    help = "Revoke an API client; its secrets and tokens stop working at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("client_id")

    def handle(self, *args: Any, client_id: str, **options: Any) -> None:
        row = ApiClient.objects.filter(client_id=client_id).first()
        if row is None:
            raise CommandError("There is no such client.")
        try:
            revoke_client(row, by=None)
        except ActionError as error:
            raise CommandError(error.message) from error
