"""Give a system access to the API."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from hrportal.common.actions import ActionError
from hrportal.integrations.actions import create_client
from hrportal.integrations.oauth.scopes import Scope
from hrportal.people.models import OrgUnit


class Command(BaseCommand):
    help = "Create an API client and print its id and secret as JSON. The secret is shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what the client is called in the journal and in lists")
        parser.add_argument("--scopes", nargs="+", metavar="SCOPE", required=True, help=", ".join(Scope.values))
        parser.add_argument("--act-for", action="store_true", help="let it act for persons, with their rights")
        parser.add_argument("--units", nargs="+", metavar="CODE", help="limit it to these units and all below them")
        parser.add_argument("--networks", nargs="+", default=[], metavar="CIDR", help="where it may come from")
        parser.add_argument("--purpose", default="", help="what it is for")
        parser.add_argument("--contact", default="", help="who answers for it")

    def handle(self, *args: Any, **options: Any) -> None:
        scopes = [*options["scopes"], *([Scope.ACT_FOR] if options["act_for"] else [])]
        units = _units(options["units"]) if options["units"] else None
        said = {name: options[name] for name in ("networks", "purpose", "contact")}
        try:
            client, secret = create_client(options["name"], scopes=scopes, units=units, **said)
        except ActionError as error:
            raise CommandError(error.message) from error
        shown = {
            "token_url": settings.PUBLIC_URL + reverse("api:token"),
            "client_id": client.pk,
            "client_secret": secret,
            "scopes": client.get_scopes(),
        }
        self.stdout.write(json.dumps(shown, indent=2))


def _units(codes: list[str]) -> list[OrgUnit]:
    units = list(OrgUnit.objects.filter(code__in=codes))
    if unknown := sorted(set(codes) - {unit.code for unit in units}):
        raise CommandError(f"There is no unit {', '.join(unknown)}.")
    return units
