"""What can happen to an endpoint and its messages. Who may do it is in rules; from where, each function says."""

import datetime
from typing import Any

from allauth.idp.oidc.models import Client
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrportal.common.actions import ActionError, StaleVersion, checked
from hrportal.common.outgoing.addresses import AddressRefused, check_address
from hrportal.integrations.webhooks import events as announce
from hrportal.integrations.webhooks import notices
from hrportal.integrations.webhooks.enums import DisabledBecause, EndpointState, MessageState
from hrportal.integrations.webhooks.models import TEST_TOPIC, Endpoint, Message, Secret
from hrportal.integrations.webhooks.queueing import due_again, head_position, is_known_choice, leave_out
from hrportal.integrations.webhooks.signatures import new_secret, seal
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import identity_of
from hrportal.people.models import User

MOST_ENDPOINTS = 20
LONGEST_OVERLAP = 7 * 24
REPLAY_JOB = "webhooks.replay"
CHANGEABLE = ("url", "description", "events", "envelope", "most_per_minute")


@transaction.atomic
def create_endpoint(client: Client, *, by: Any, url: str, events: list[str], **fields: Any) -> tuple[Endpoint, str]:
    """A new endpoint that hears of what happens from now on, and its secret, which is not shown again."""
    Client.objects.select_for_update().get(pk=client.pk)
    if Endpoint.objects.filter(client=client).count() >= MOST_ENDPOINTS:
        words = ngettext(
            "A client has at most %d endpoint. Remove one first.",
            "A client has at most %d endpoints. Remove one first.",
            MOST_ENDPOINTS,
        )
        raise ActionError(words % MOST_ENDPOINTS)
    endpoint = Endpoint(client=client, url=url, events=events, heard_up_to=head_position(), **fields)
    who = identity_of(by)
    endpoint.created_by = User.objects.filter(pk=who.actor_id or who.on_behalf_of_id).first()
    _checked(endpoint).save()
    secret = _add_secret(endpoint)
    announce.webhook_created(endpoint, by=by)
    return endpoint, secret


def _checked(endpoint: Endpoint) -> Endpoint:
    """The endpoint, if its address can be called and its events exist; each event once, in a fixed order."""
    try:
        check_address(endpoint.url)
    except AddressRefused as error:
        raise ActionError(str(error), field="url") from error
    if not endpoint.events:
        raise ActionError(_("Choose at least one event."), field="events")
    if unknown := [pattern for pattern in endpoint.events if not is_known_choice(pattern)]:
        raise ActionError(_("There is no event %s.") % ", ".join(unknown), field="events")
    endpoint.events = sorted(set(endpoint.events))
    return checked(endpoint)


def _add_secret(endpoint: Endpoint) -> str:
    secret = new_secret()
    Secret.objects.create(endpoint=endpoint, sealed=seal(secret))
    return secret


@transaction.atomic
def change_endpoint(endpoint: Endpoint, *, by: Any, version: int, **fields: Any) -> Endpoint:
    """Change what is named of address, description, events, format and limit. What waits goes to a new address at once."""
    endpoint = _locked(endpoint)
    changed = sorted(name for name in CHANGEABLE if name in fields and fields[name] != getattr(endpoint, name))
    if changed and endpoint.version != version:
        words = _("Somebody else changed this endpoint meanwhile.")
        raise StaleVersion(words, version=endpoint.version, theirs={name: getattr(endpoint, name) for name in changed})
    if not changed:
        return endpoint
    for name in changed:
        setattr(endpoint, name, fields[name])
    _checked(endpoint)
    endpoint.version += 1
    if "url" in changed:
        endpoint.not_before, endpoint.failures = None, 0
    if {"url", "envelope"} & {*changed}:
        endpoint.leave_given_at, endpoint.allowed_per_minute = None, None
    bookkeeping = ["version", "not_before", "failures", "leave_given_at", "allowed_per_minute"]
    endpoint.save(update_fields=[*changed, *bookkeeping])
    if "url" in changed:
        due_again(endpoint, Q(state=MessageState.PENDING))
    announce.webhook_changed(endpoint, changed, by=by)
    return endpoint


@transaction.atomic
def rotate_secret(endpoint: Endpoint, *, by: Any, overlap_hours: int = 24) -> str:
    """A new secret. The one before signs as well for so many hours; one before that no longer."""
    endpoint = _locked(endpoint)
    if not 0 <= overlap_hours <= LONGEST_OVERLAP:
        raise ActionError(_("Choose from 0 to %d hours.") % LONGEST_OVERLAP, field="overlap_hours")
    valid = list(endpoint.secrets.valid())
    endpoint.secrets.exclude(pk__in=[secret.pk for secret in valid[:1]]).delete()
    endpoint.secrets.update(expires_at=timezone.now() + datetime.timedelta(hours=overlap_hours))
    secret = _add_secret(endpoint)
    announce.webhook_secret_rotated(endpoint, by=by)
    return secret


@transaction.atomic
def pause_endpoint(endpoint: Endpoint, *, by: Any) -> Endpoint:
    """Active → paused. What waits and what happens meanwhile keeps its place."""
    endpoint = _locked(endpoint, EndpointState.ACTIVE)
    _move(endpoint, EndpointState.PAUSED)
    announce.webhook_paused(endpoint, by=by)
    return endpoint


@transaction.atomic
def resume_endpoint(endpoint: Endpoint, *, by: Any, skip_missed: bool = False) -> Endpoint:
    """Paused or disabled → active: with all that was missed, or from now on if `skip_missed`."""
    endpoint = _locked(endpoint, EndpointState.PAUSED, EndpointState.DISABLED)
    if skip_missed:
        leave_out(Message.objects.pending().filter(endpoint=endpoint), _("Skipped when the endpoint was resumed."))
        endpoint.heard_up_to = head_position()
    else:
        due_again(endpoint, Q(state=MessageState.PENDING))
    endpoint.failures, endpoint.not_before = 0, None
    endpoint.save(update_fields=["failures", "not_before", "heard_up_to"])
    _move(endpoint, EndpointState.ACTIVE)
    announce.webhook_resumed(endpoint, by=by)
    return endpoint


@transaction.atomic
def disable_endpoint(endpoint: Endpoint, because: DisabledBecause) -> None:
    """Active → disabled, by the portal itself; administrators are told. Already so is done."""
    current = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    if current.state == EndpointState.DISABLED:
        return
    _move(current, EndpointState.DISABLED, because)
    announce.webhook_disabled(current)
    notices.tell_disabled(current)


def note_given_up(message: Message) -> None:
    """Tell administrators of a message that was tried for the last time, though others got through."""
    notices.tell_given_up(message)


@transaction.atomic
def remove_endpoint(endpoint: Endpoint, *, by: Any) -> None:
    """Take an endpoint away with its secrets and its log. The journal keeps that it was there."""
    endpoint = _locked(endpoint)
    announce.webhook_removed(endpoint, by=by)
    endpoint.delete()


@transaction.atomic
def test_endpoint(endpoint: Endpoint, *, by: Any) -> Message:
    """Send a test event once, at once, in whatever state the endpoint is."""
    endpoint = _locked(endpoint)
    announce.webhook_tested(endpoint, by=by)
    message = Message.objects.create(endpoint=endpoint, topic=TEST_TOPIC, webhook_id="")
    message.webhook_id = f"msg_{endpoint.pk}_test_{message.pk}"
    message.save(update_fields=["webhook_id"])
    _wake(endpoint)
    return message


@transaction.atomic
def resend_message(message: Message, *, by: Any) -> Message:
    """Send one message again, with the same id, as if it had never been tried."""
    endpoint = _locked(message.endpoint)
    if not endpoint.is_active and not message.is_test:
        raise ActionError(_("Nothing is sent while the endpoint is at rest. Resume it first."))
    due_again(endpoint, Q(pk=message.pk))
    _wake(endpoint)
    message.refresh_from_db()
    announce.webhook_resent(message, by=by)
    return message


@transaction.atomic
def replay_messages(
    endpoint: Endpoint, *, by: Any, first: int | None = None, last: int | None = None, **times: Any
) -> Job:
    """Send again everything from one position to another, or from one time to another (`since`, `until`; the end, if
    unsaid): also what the log has forgotten, and what happened before the endpoint was there."""
    endpoint = _locked(endpoint)
    if not endpoint.is_active:
        raise ActionError(_("Nothing is sent while the endpoint is at rest. Resume it first."))
    since, until = times.get("since"), times.get("until")
    if (first is None) == (since is None):
        raise ActionError(_("Say from which position, or from which time."), field="first")
    if (last is not None and first is not None and last < first) or (since and until and until < since):
        raise ActionError(_("The end lies before the beginning."), field="until" if since else "last")
    range_ = {"first": first, "last": last, "since": since and since.isoformat(), "until": until and until.isoformat()}
    announce.webhook_replay_started(endpoint, by=by, **range_)
    url = endpoint.get_absolute_url()
    return start_job(REPLAY_JOB, _("Sending events again"), by=by, result_url=url, endpoint=endpoint.pk, **range_)


def _locked(endpoint: Endpoint, *expected: EndpointState) -> Endpoint:
    endpoint = Endpoint.objects.select_for_update(of=("self",)).select_related("client").get(pk=endpoint.pk)
    if expected and endpoint.state not in expected:
        raise ActionError(_("This endpoint is already: %s.") % endpoint.get_state_display())
    return endpoint


def _move(endpoint: Endpoint, state: EndpointState, because: str = "") -> None:
    endpoint.state, endpoint.disabled_because, endpoint.state_changed_at = state, because, timezone.now()
    endpoint.save(update_fields=["state", "disabled_because", "state_changed_at"])


def _wake(endpoint: Endpoint) -> None:
    """End the rest an endpoint was given: somebody asks for a try now."""
    Endpoint.objects.filter(pk=endpoint.pk).update(not_before=None)
