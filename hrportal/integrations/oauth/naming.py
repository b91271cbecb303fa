"""What API clients are called where the journal knows them by their ids."""

from collections.abc import Iterable
from typing import Any

from hrportal.integrations.models import ApiClient


def names_of_clients(*, ids: Iterable[str], user: Any) -> dict[str, str]:
    """The names of those of these clients that this person may see."""
    clients = ApiClient.objects.visible_to(user).filter(client_id__in=ids).order_by()
    return dict(clients.values_list("client_id", "client__name"))
