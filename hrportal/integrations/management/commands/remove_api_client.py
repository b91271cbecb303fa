"""Take a system's access to the API away."""

from typing import Any

from allauth.idp.oidc.models import Client
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hrportal.integrations.actions import remove_client


class Command(BaseCommand):
    help = "Remove an API client; its tokens stop working at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("client_id")

    def handle(self, *args: Any, client_id: str, **options: Any) -> None:
        client = Client.objects.filter(pk=client_id).first()
        if client is None:
            raise CommandError("There is no such client.")
        remove_client(client)
