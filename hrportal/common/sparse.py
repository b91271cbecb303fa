"""`fields=id,name`: an answer with these members alone. What is left out is not computed."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers
from rest_framework.request import Request

from hrportal.common.errors import QueryError

PARAMETER = "fields"


def only_wanted(serializer: Any, request: Request) -> Any:
    """The serializer without the fields the request does not ask for. It can only lose some: nothing is shown that was not."""
    given = request.query_params.get(PARAMETER)
    if given is None:
        return serializer
    shown: Any = serializer.child if isinstance(serializer, serializers.ListSerializer) else serializer
    wanted = {name.strip() for name in given.split(",")}
    known = {name for name, field in shown.fields.items() if not field.write_only}
    if unknown := sorted(wanted - known):
        words = [exceptions.ErrorDetail(_("There is no field %s.") % name, "unknown") for name in unknown]
        raise QueryError({PARAMETER: words})
    for name in known - wanted:
        shown.fields.pop(name)
    return serializer
