"""Letters to raters outside the company: the link they answer by, when they are asked, reminded or given a new one.

As deliveries, letters are tried again while the mail server is down. Who has answered meanwhile gets none.
"""

import logging
from collections.abc import Iterable, Sequence
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from hrportal.journal.jobs import TryLater, job_kind
from hrportal.journal.models import Fact, Job
from hrportal.journal.subscribers import subscribe
from hrportal.notices.mail import REST
from performance.actions.rounds import EXTERNAL_MAIL
from performance.enums import RaterGroup, RaterState, RoundState, SheetState
from performance.models import Rater
from performance.rounds.external import LASTS, answer_link

logger = logging.getLogger(__name__)


def connect() -> None:
    """Hear of those who are asked and of links that are renewed."""
    subscribe("performance.rater_invited", "performance.external_invitation_mail", mail_links)
    subscribe("performance.link_renewed", "performance.external_renewal_mail", mail_links)


def mail_links(facts: Sequence[Fact]) -> None:
    """Send each of these raters their link, if they are outside the company and have not answered."""
    _send(_unanswered().filter(pk__in=[fact.subject_id for fact in facts]))


@job_kind(EXTERNAL_MAIL)
def remind_external_raters(job: Job) -> dict[str, Any]:
    """Remind those outside the company; the result does not say how many. One refused address keeps no other from theirs,
    and where the mail server is away it goes on later with whoever is left."""
    waiting = _unanswered().filter(round=job.params["round"], pk__gt=job.params.get("after", 0))
    for rater in waiting.order_by("pk"):
        try:
            _send([rater])
        except SMTPRecipientsRefused:
            logger.warning("the address of rater %s is refused", rater.pk)
        except (SMTPException, OSError) as error:
            logger.warning("mail server: %s", type(error).__name__)
            raise TryLater(REST * job.attempts) from error
        job.params["after"] = rater.pk
        job.save(update_fields=["params"])
    return {}


def _unanswered() -> QuerySet[Rater]:
    raters = Rater.objects.filter(group=RaterGroup.EXTERNAL, state=RaterState.INVITED, sheet__state=SheetState.OPEN)
    return raters.filter(round__state=RoundState.COLLECTING).select_related("round__subject")


def _send(raters: Iterable[Rater]) -> None:
    messages = [_message(rater) for rater in raters]
    if messages:
        get_connection().send_messages(messages)


def _message(rater: Rater) -> EmailMessage:
    subject = rater.round.subject.name
    context = {
        "name": rater.name,
        "person": subject,
        "link": answer_link(rater),
        "due_on": rater.round.due_on,
        "days": LASTS.days,
        "fewest": rater.round.min_raters,
    }
    body = render_to_string("performance/mail/external_rater.txt", context)
    return EmailMessage(_("Your view on %s is asked for") % subject, body, to=[rater.email])
