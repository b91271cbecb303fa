"""The letter about a webhook that is sent to no more, for those whom no notice reaches: administrators who are nobody in the
company, and whoever answers for the client, if an e-mail address is given for them."""

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from hrportal.integrations.webhooks.models import Endpoint
from hrportal.journal.jobs import TryLater, job_kind, report_progress, start_job
from hrportal.journal.models import Job
from hrportal.notices.mail import REST
from hrportal.people.enums import Role
from hrportal.people.models import RoleGrant

MAIL_JOB = "webhooks.mail_disabled"


def write_about(endpoint: Endpoint) -> None:
    """Let letters go out once the change is stored."""
    start_job(MAIL_JOB, _("E-mails about a webhook"), by=None, endpoint=endpoint.pk)


@job_kind(MAIL_JOB)
def mail_disabled(job: Job) -> dict[str, Any]:
    """Send one letter to each address; after a crash, from where it stopped."""
    endpoint = Endpoint.objects.select_related("client__api_client").filter(pk=job.params["endpoint"]).first()
    if endpoint is None or endpoint.is_active:
        return {"letters": 0}
    readers = readers_of(endpoint)
    for number, (address, language) in enumerate(readers):
        if number < job.done:
            continue
        try:
            _send(endpoint, address, language)
        except (SMTPException, OSError) as error:
            raise TryLater(REST * job.attempts) from error
        report_progress(job, number + 1, len(readers))
    return {"letters": len(readers)}


def readers_of(endpoint: Endpoint) -> list[tuple[str, str]]:
    """Addresses with the language of their owners."""
    grants = RoleGrant.objects.current().filter(role=Role.ADMIN, user__is_active=True, user__employee=None)
    found = dict(grants.exclude(user__email="").values_list("user__email", "user__language"))
    contact = endpoint.client.api_client.contact.strip()
    try:
        validate_email(contact)
    except ValidationError:
        pass  # a name, say, or nothing
    else:
        found.setdefault(contact, "")
    return sorted(found.items())


def _send(endpoint: Endpoint, address: str, language: str) -> None:
    with translation.override(language or settings.LANGUAGE_CODE):
        url = settings.PUBLIC_URL + endpoint.get_absolute_url()
        text = render_to_string("integrations/webhooks/mail/disabled.txt", {"endpoint": endpoint, "page": url})
        send_mail(_("A webhook is not sent to any more"), text, None, [address])
