"""Refusals in the words and with the keywords of SCIM (RFC 7644, section 3.12)."""

from hrportal.common.actions import ActionError


class Refused(ActionError):
    """Not to be done as asked: the status and the keyword say to a program what the words say to a person."""

    status = 400
    scim_type = "invalidValue"


class NotUnique(Refused):
    """Somebody or something else has this name already."""

    status = 409
    scim_type = "uniqueness"


class Fixed(Refused):
    """This attribute is not the client's to change."""

    scim_type = "mutability"


class NotAllowed(Refused):
    """The client was not given leave for this."""

    status = 403
    scim_type = ""


# Fields of the portal whose refusal means that a value is taken.
UNIQUE_FIELDS = frozenset({"username", "email", "employee_number", "work_email"})
