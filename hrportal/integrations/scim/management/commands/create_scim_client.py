"""Let an identity provider keep accounts."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hrportal.common.actions import ActionError
from hrportal.integrations.scim.actions.clients import CHOICES, create_client, issue_token
from hrportal.integrations.scim.models import ScimClient


class Command(BaseCommand):
    help = "Let an identity provider in over SCIM, or give one a second token; prints it as JSON, this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what it is called, for instance Okta")
        parser.add_argument("--new-token", action="store_true", help="a second token for a client that is there")
        for name in CHOICES:
            field = ScimClient._meta.get_field(name)
            parser.add_argument(f"--{name.replace('_', '-')}", action="store_true", help=str(field.verbose_name))  # type: ignore[union-attr]

    def handle(self, *args: Any, name: str, new_token: bool, **options: Any) -> None:
        try:
            if new_token:
                client = ScimClient.objects.open().filter(name=name).first()
                if client is None:
                    raise CommandError(f"There is no client called {name}.")
                secret = issue_token(client, by=None)[1]
            else:
                client, secret = create_client(by=None, name=name, **{key: options[key] for key in CHOICES})
        except ActionError as error:
            raise CommandError(error.message) from error
        self.stdout.write(json.dumps({"base_url": f"{settings.PUBLIC_URL}/scim/v2", "token": secret}, indent=2))
