"""What happens to people's access tokens. The token itself is returned once, and only its hash is kept."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.common.tokens import hash_of, new_token
from hrportal.integrations import events
from hrportal.integrations.oauth.scopes import FOR_PEOPLE
from hrportal.journal.recording import Actor
from hrportal.people.models import PersonalToken, User
from hrportal.people.models.tokens import LONGEST_LIFE
from hrportal.people.tokens import PREFIX

MOST = 50
HINT = 4


@transaction.atomic
def create_token(
    *,
    by: User,
    name: str,
    expires_on: datetime.date,
    scopes: Iterable[str] | None = None,
    second_factor: bool = False,
) -> tuple[PersonalToken, str]:
    """A token of one's own, valid to the end of a day at most a year away. Without scopes it may all that one may."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    today = timezone.localdate()
    if not today <= expires_on <= today + LONGEST_LIFE:
        raise ActionError(_("A token lives a year at most, and to the end of today at least."), field="expires_on")
    if PersonalToken.objects.valid().of(by).count() >= MOST:
        raise ActionError(_("You have %d tokens. Revoke those you do not need.") % MOST)
    value = new_token(PREFIX)
    token = PersonalToken(
        user=by,
        name=name,
        hash=hash_of(value),
        hint=value[-HINT:],
        scopes=None if scopes is None else _granted(scopes),
        second_factor=second_factor,
        expires_at=timezone.make_aware(datetime.datetime.combine(expires_on, datetime.time.max)),
    )
    checked(token).save()
    events.token_created(token, by=by)
    return token, value


@transaction.atomic
def revoke_token(token: PersonalToken, *, by: Actor | None) -> PersonalToken:
    """A token opens nothing from now on."""
    token = PersonalToken.objects.select_for_update(of=("self",)).select_related("user").get(pk=token.pk)
    if not token.is_valid:
        raise ActionError(_("This token has ended already."))
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    events.token_revoked(token, by=by)
    return token


def _granted(scopes: Iterable[str]) -> list[str]:
    granted = sorted(set(scopes))
    if not granted:
        raise ActionError(_("Choose at least one scope, or let the token do all that you may."), field="scopes")
    if unknown := sorted(set(granted) - set(FOR_PEOPLE)):
        raise ActionError(_("There is no scope %s.") % ", ".join(unknown), field="scopes")
    return granted
