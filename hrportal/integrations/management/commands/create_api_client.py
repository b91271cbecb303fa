"""Give a system access to the API."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from hrportal.common.actions import ActionError
from hrportal.integrations.actions import create_client
from hrportal.integrations.oauth.scopes import Scope


class Command(BaseCommand):
    help = "Create an API client and print its id and secret as JSON. The secret is shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what the client is called in the journal and in lists")
        parser.add_argument("--scopes", nargs="+", metavar="SCOPE", required=True, help=", ".join(Scope.values))
        parser.add_argument("--act-for", action="store_true", help="let it act for persons, with their rights")

    def handle(self, *args: Any, name: str, scopes: list[str], act_for: bool, **options: Any) -> None:
        try:
            client, secret = create_client(name, scopes=scopes + ([Scope.ACT_FOR] if act_for else []))
        except ActionError as error:
            raise CommandError(error.message) from error
        shown = {
            "token_url": settings.PUBLIC_URL + reverse("api:token"),
            "client_id": client.pk,
            "client_secret": secret,
            "scopes": client.get_scopes(),
        }
        self.stdout.write(json.dumps(shown, indent=2))
