"""What must hold before the portal starts."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.checks import Error, register
from django.core.exceptions import FieldDoesNotExist


@register()
def no_account_is_a_superuser(app_configs: object, **kwargs: object) -> list[Error]:
    """A superuser would pass every permission check, so the account model must not be able to hold one."""
    user: Any = get_user_model()  # what it can hold is the question
    try:
        user._meta.get_field("is_superuser")
    except FieldDoesNotExist:
        if user.is_superuser is False and user.is_staff is False:
            return []
    return [Error("Accounts must not be able to become Django superusers or staff.", obj=user, id="people.E001")]
