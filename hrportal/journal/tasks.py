"""Celery doors of the journal. Every message is only a hint: the rows say what is to be done, and doing it twice does nothing."""

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from hrportal.journal.chain import sequence_facts
from hrportal.journal.delivery import deliver_due
from hrportal.journal.followers import call_followers
from hrportal.journal.jobs import jobs_are_due, run_due_jobs
from hrportal.journal.models import Delivery, Fact
from hrportal.journal.schedule import start_daily_jobs

logger = logging.getLogger(__name__)


@shared_task(name="journal.deliver")
def deliver() -> None:
    """Deliver what is due, give new facts their place in the chain, and let those who follow it read on."""
    deliver_due()
    sequence_facts()
    call_followers()


@shared_task(name="journal.run_jobs", soft_time_limit=None, time_limit=None)
def run_jobs() -> None:
    """Run the jobs that wait."""
    run_due_jobs()


@shared_task(name="journal.sweep")
def sweep() -> None:
    """Find what no hint announced, and start what is due today."""
    start_daily_jobs()
    if Delivery.objects.due().exists() or Fact.objects.filter(position=None).exists():
        deliver()
    else:
        call_followers()
    if jobs_are_due():
        run_jobs.delay()


def work_off() -> None:
    """One round of everything, for the process that is its own worker."""
    start_daily_jobs()
    run_due_jobs()
    deliver_due()
    sequence_facts()
    call_followers()


@worker_ready.connect
def sweep_at_start(**kwargs: Any) -> None:
    """A worker that starts looks for what was left behind while none ran."""
    try:
        sweep.delay()
    except Exception as error:
        logger.warning("first sweep not sent: %s", type(error).__name__)
