"""Write the reference of the API down."""

from typing import Any

from django.core.management.base import BaseCommand

from hrportal.integrations.description import described
from hrportal.integrations.reference import api_reference


class Command(BaseCommand):
    help = "Print the reference of the API as Markdown: docs/api-reference.md is this."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(api_reference(described()), ending="")
