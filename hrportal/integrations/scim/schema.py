"""What a SCIM client meets: users, groups, and what is said of them on the discovery endpoints.

Only attributes that the portal keeps are declared, so a client that reads `/Schemas` knows what will come of its
mapping. Everything else that is sent is left aside, as identity providers expect.
"""

from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator
from scim2_models import (
    URN,
    AnyExtension,
    CaseExact,
    ComplexAttribute,
    Extension,
    Mutability,
    Reference,
    Required,
    Resource,
    ResourceType,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Uniqueness,
)
from scim2_models.attributes import ExtensibleStringEnum

from hrportal.integrations.scim.limits import MOST_RESULTS, USUAL_RESULTS


class Name(ComplexAttribute):
    family_name: Annotated[str | None, Required.true] = None
    """The family name."""

    given_name: Annotated[str | None, Required.true] = None
    """The given name."""


class Email(ComplexAttribute):
    class Type(ExtensibleStringEnum):
        work = "work"

    value: str | None = None
    """The work address. Other addresses are not kept."""

    type: Type | None = None
    """Always 'work'."""

    primary: bool | None = None
    """Whether the client called it the preferred address."""


class GroupMembership(ComplexAttribute):
    value: Annotated[str | None, Mutability.read_only, CaseExact.true] = None
    """The id of the group."""

    ref: Annotated[Reference["Group"] | None, Mutability.read_only] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """The address of the group."""

    display: Annotated[str | None, Mutability.read_only] = None
    """The name of the group."""

    type: Annotated[str | None, Mutability.read_only] = Field(None, examples=["direct"])
    """Always 'direct': groups are not nested."""


class User(Resource[AnyExtension]):
    """An account of the portal, and the person it belongs to."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    """The name to sign in with. Upper and lower case are the same."""

    name: Annotated[Name | None, Required.true] = None
    """The person's name."""

    Name: ClassVar[type[ComplexAttribute]] = Name

    display_name: str | None = None
    """The name as the client shows it. The portal shows the nickname or given name with the family name."""

    nick_name: str | None = None
    """The name people call them by."""

    title: str | None = None
    """The name of the person's job."""

    active: Annotated[bool | None, Required.true] = None
    """Whether the account can be entered."""

    emails: list[Email] | None = None
    """The work address."""

    Emails: ClassVar[type[ComplexAttribute]] = Email

    groups: Annotated[list[GroupMembership] | None, Mutability.read_only] = None
    """The groups the account is a member of, and the person's unit."""

    Groups: ClassVar[type[ComplexAttribute]] = GroupMembership


class Manager(ComplexAttribute):
    value: Annotated[str | None, CaseExact.true] = None
    """The id of the manager's account. The manager's employee number or user name is understood as well."""

    ref: Annotated[Reference["User"] | None, CaseExact.true] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """The address of the manager's account."""

    @model_validator(mode="before")
    @classmethod
    def from_bare_id(cls, value: Any) -> Any:
        """Take the id alone for a manager, as some clients send it."""
        return {"value": value} if isinstance(value, str) else value


class EnterpriseUser(Extension):
    """What an organisation adds to a user (RFC 7643, section 4.3)."""

    __schema__ = URN("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")

    employee_number: str | None = None
    """The number that HR knows the person by."""

    department: str | None = None
    """The name of the unit the person works in; its code is understood as well."""

    manager: Manager | None = None
    """Whom the person reports to."""


class GroupMember(ComplexAttribute):
    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = None
    """The id of the account."""

    ref: Annotated[Reference["User"] | None, Mutability.immutable] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """The address of the account."""

    type: Annotated[str | None, Mutability.immutable] = Field(None, examples=["User"])
    """Always 'User': groups are not nested."""


class Group(Resource[Any]):
    """A group of accounts: one that a client made, one that stands for a role, or a unit (`Unit: …`, to read only)."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Required.true] = None
    """The group's name."""

    members: list[GroupMember] | None = None
    """The accounts in the group."""

    Members: ClassVar[type[ComplexAttribute]] = GroupMember


FullUser: Any = User[EnterpriseUser]
TOLERANT = ScimPolicy(
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)


def _config() -> ServiceProviderConfig:
    """What is supported, said honestly."""
    return ServiceProviderConfig.model_validate(
        {
            "patch": {"supported": True},
            "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
            "filter": {"supported": True, "maxResults": MOST_RESULTS},
            "changePassword": {"supported": False},
            "sort": {"supported": True},
            "etag": {"supported": True},
            "pagination": {
                "cursor": False,
                "index": True,
                "defaultPaginationMethod": "index",
                "defaultPageSize": USUAL_RESULTS,
                "maxPageSize": MOST_RESULTS,
            },
            "authenticationSchemes": [
                {
                    "type": "oauthbearertoken",
                    "name": "Bearer token",
                    "description": "A token made on the page “SCIM clients” of the administration, in the header Authorization.",
                    "specUri": "https://www.rfc-editor.org/rfc/rfc6750",
                    "primary": True,
                }
            ],
        }
    )


CONFIG = _config()
SERVICE = ScimProvider(
    models=[User, EnterpriseUser, Group],
    resource_types=[ResourceType.from_resource(FullUser), ResourceType.from_resource(Group)],
    config=CONFIG,
    policy=TOLERANT,
)
