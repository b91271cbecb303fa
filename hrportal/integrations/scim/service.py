"""What is answered at each address. Loaded with the first request of a client, because the models of SCIM take their
time to load and most processes never meet one.
"""

import json
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from scim2_models import (
    Context,
    ForbiddenException,
    InvalidFilterException,
    InvalidSyntaxException,
    InvalidValueException,
    NotFoundException,
    PatchOp,
    ResponseParameters,
    SearchRequest,
)

from hrportal.common.parsing import unfit
from hrportal.integrations.scim import groups
from hrportal.integrations.scim.actions.accounts import change_user, create_user, delete_user
from hrportal.integrations.scim.actions.clients import lock_client
from hrportal.integrations.scim.answers import Answer, listed, refuse_stale
from hrportal.integrations.scim.filtering import LONGEST_FILTER
from hrportal.integrations.scim.leniency import with_defaults, with_full_names
from hrportal.integrations.scim.listing import list_everything, list_groups, list_users
from hrportal.integrations.scim.models import ScimClient
from hrportal.integrations.scim.representation import Json, resource_of, state_from, user_resource
from hrportal.integrations.scim.schema import CONFIG, SERVICE, EnterpriseUser, FullUser, Group
from hrportal.integrations.scim.state import accounts_for, find_account, id_of, state_of

SEARCHED = {"Users": FullUser, "Groups": Group, "": FullUser | Group}
QUERY = ("filter", "sortBy", "sortOrder", "startIndex", "count", "attributes", "excludedAttributes")


def search(client: ScimClient, request: HttpRequest, kind: str = "") -> Answer:
    """Lists, asked for in the address or in the body."""
    asked = (
        _body(request) if request.method == "POST" else {key: request.GET[key] for key in QUERY if key in request.GET}
    )
    if len(str(asked.get("filter", ""))) > LONGEST_FILTER:
        raise InvalidFilterException(detail=_("The filter is longer than %d characters.") % LONGEST_FILTER)
    asked = {key: value for key, value in asked.items() if value not in ("", None)}
    if isinstance(asked.get("filter"), str):
        asked["filter"] = with_full_names(asked["filter"])
    model: Any = SEARCHED[kind]
    request_class: Any = SearchRequest[model]
    wanted = request_class.model_validate(asked, scim_ctx=Context.SEARCH_REQUEST)
    lists = {"Users": list_users, "Groups": list_groups, "": list_everything}
    return Answer(lists[kind](client, wanted))


def create(client: ScimClient, request: HttpRequest, kind: str) -> Answer:
    """POST: 201 with what was made."""
    shown = _shown(request, SEARCHED[kind])
    if kind == "Groups":
        return groups.create(client, _body(request), shown)
    wanted = FullUser.model_validate(with_defaults(_body(request)), scim_ctx=Context.RESOURCE_CREATION_REQUEST)
    user = create_user(client, state_from(wanted))
    return Answer.of(user_resource(accounts_for(client).get(pk=user.pk)), shown, status=201)


def retrieve(client: ScimClient, request: HttpRequest, kind: str, key: str) -> Answer:
    """GET: the resource, or 304 to somebody who has it in this version."""
    shown = _shown(request, SEARCHED[kind])
    if kind == "Groups":
        return groups.retrieve(client, key, shown)
    return Answer.of(user_resource(_account(client, key)), shown)


def replace(client: ScimClient, request: HttpRequest, kind: str, key: str) -> Answer:
    """PUT: what is left out is cleared, but for an extension that is not spoken of at all."""
    shown, body = _shown(request, SEARCHED[kind]), _body(request)
    if kind == "Groups":
        return groups.replace(client, key, body, shown, request)
    with transaction.atomic():
        client = lock_client(client)
        user = _account(client, key)
        before, stored = state_of(user), user_resource(user)
        refuse_stale(request, stored.meta.version)
        wanted = FullUser.model_validate(with_defaults(body, before), scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST)
        if wanted[EnterpriseUser] is None:
            wanted[EnterpriseUser] = stored[EnterpriseUser]
        change_user(client, user, before, state_from(wanted))
    return Answer.of(user_resource(_account(client, key)), shown)


def modify(client: ScimClient, request: HttpRequest, kind: str, key: str) -> Answer:
    """PATCH: all of the operations or none."""
    shown, body = _shown(request, SEARCHED[kind]), _body(request)
    if kind == "Groups":
        return groups.modify(client, key, body, shown, request)
    with transaction.atomic():
        client = lock_client(client)
        user = _account(client, key)
        before = state_of(user)
        refuse_stale(request, user_resource(user).meta.version)
        resource = resource_of(before, scim_id=id_of(user))
        patch_class: Any = PatchOp[FullUser]
        patch = patch_class.model_validate(body, scim_ctx=Context.RESOURCE_PATCH_REQUEST)
        patch.patch(resource)
        change_user(client, user, before, state_from(resource))
    return Answer.of(user_resource(_account(client, key)), shown)


def delete(client: ScimClient, request: HttpRequest, kind: str, key: str) -> Answer:
    """DELETE: 204, and from then on 404."""
    if kind == "Groups":
        return groups.delete(client, key, request)
    with transaction.atomic():
        client = lock_client(client)
        user = _account(client, key)
        refuse_stale(request, user_resource(user).meta.version)
        delete_user(client, user)
    return Answer(None, status=204)


def service_provider_config(client: ScimClient, request: HttpRequest) -> Answer:
    """What is supported."""
    return Answer(CONFIG.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE))


def discovered(client: ScimClient, request: HttpRequest, kind: str, key: str = "") -> Answer:
    """The resource types or schemas, all or one."""
    rows = [
        row.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE)
        for row in (SERVICE.schemas if kind == "Schemas" else SERVICE.resource_types)
    ]
    if request.GET.get("filter"):
        raise ForbiddenException(detail=_("The description of the service is not filtered."))
    if not key:
        return Answer(listed(rows))
    found = next((row for row in rows if str(row.get("id")).casefold() == key.casefold()), None)
    if found is None:
        raise NotFoundException(detail=_("There is nothing called %s.") % key)
    return Answer(found)


def _account(client: ScimClient, key: str) -> Any:
    user = find_account(client, key)
    if user is None:
        raise NotFoundException(detail=_("There is no user with the id %s.") % key)
    return user


def _shown(request: HttpRequest, model: Any) -> Any:
    """Which attributes are to be answered with."""
    names = ("attributes", "excludedAttributes")
    parameters: Any = ResponseParameters[model]
    return parameters.model_validate({key: request.GET[key] for key in names if request.GET.get(key)})


def _body(request: HttpRequest) -> Json:
    try:
        body = json.loads(request.body or b"null")
    except (ValueError, RecursionError) as error:
        raise InvalidSyntaxException(detail=_("The body is not JSON.")) from error
    if not isinstance(body, dict):
        raise InvalidSyntaxException(detail=_("The body is not a JSON object."))
    for place, words in unfit(body):
        raise InvalidValueException(detail=f"{'.'.join(map(str, place))}: {words}")
    return body
