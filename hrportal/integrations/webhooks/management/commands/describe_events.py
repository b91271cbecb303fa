"""Write the event catalogue down."""

from typing import Any

from django.core.management.base import BaseCommand

from hrportal.integrations.webhooks.catalogue.document import catalogue_document


class Command(BaseCommand):
    help = "Print the event catalogue as Markdown: docs/events.md is this."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(catalogue_document(), ending="")
