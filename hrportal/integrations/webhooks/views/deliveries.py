"""One message: each attempt, and sending it again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.http import PageRequest
from hrportal.integrations.webhooks import actions
from hrportal.integrations.webhooks.catalogue import EVENTS
from hrportal.integrations.webhooks.models import Message
from hrportal.integrations.webhooks.payloads import body_of
from hrportal.people.enums import Role

administrators = access(roles={Role.ADMIN})


@administrators
@require_safe
def message_detail(request: PageRequest, pk: int) -> HttpResponse:
    """What was sent, and what came of each attempt."""
    rows = Message.objects.select_related("fact", "endpoint__client").prefetch_related("attempts")
    message = get_for_user(rows, request.user, pk=pk)
    event = EVENTS.get(message.topic)
    context = {
        "message": message,
        "endpoint": message.endpoint,
        "words": event.words if event else "",
        "body": body_of(message, message.endpoint)[0].decode(),
        "may_resend": message.endpoint.is_active or message.is_test,
    }
    return render(request, "integrations/webhooks/message_detail.html", context)


@administrators
@require_POST
def message_resend(request: PageRequest, pk: int) -> HttpResponse:
    """Send it again, with the same id."""
    rows = Message.objects.select_related("endpoint__client")
    message = get_for_user(rows, request.user, "webhooks.resend_message", pk=pk)
    try:
        actions.resend_message(message, by=request.user)
    except ActionError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("It is sent again. Look again in a moment."))
    return redirect(message)
