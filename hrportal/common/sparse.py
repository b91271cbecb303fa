"""`fields=id,name`: an answer with these members alone. What is left out is not computed."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers
from rest_framework.request import Request

from hrportal.common.errors import QueryError

PARAMETER = "fields"
SCHEMAS = "#/components/schemas/"


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


def describe_parts(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Describe, beside each whole row, the part of it that `fields` leaves. A hook of the schema's generator."""
    schemas = result["components"]["schemas"]
    for methods in result["paths"].values():
        for operation in methods.values():
            if any(parameter.get("name") == PARAMETER for parameter in operation.get("parameters", ())):
                _allow_part(operation["responses"]["200"]["content"]["application/json"], schemas)
    return result


def _allow_part(body: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Let a row be a part: the one that is answered, or each of a list or page."""
    holder, key = _place_of_row(body, schemas)
    if "$ref" in holder[key]:  # not yet: several operations may answer the same page
        holder[key] = {"anyOf": [holder[key], _part(_name(holder[key]), schemas)]}


def _place_of_row(body: dict[str, Any], schemas: dict[str, Any]) -> tuple[dict[str, Any], str]:
    answer = body["schema"]
    page = schemas[_name(answer)]["properties"].get("results") if "$ref" in answer else answer
    return (page, "items") if page and "items" in page else (body, "schema")


def _part(name: str, schemas: dict[str, Any]) -> dict[str, Any]:
    part = {key: value for key, value in schemas[name].items() if key not in {"required", "description"}}
    schemas[f"Sparse{name}"] = part | {"description": f"The members of {name} that `{PARAMETER}` asks for."}
    return {"$ref": f"{SCHEMAS}Sparse{name}"}


def _name(reference: dict[str, Any]) -> str:
    return str(reference["$ref"]).removeprefix(SCHEMAS)
