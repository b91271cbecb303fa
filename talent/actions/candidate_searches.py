"""Having people looked for, in the background."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.journal.models import Job
from hrportal.people.limits import compute_later
from hrportal.people.viewer import Principal, asked_by
from talent.events import mobility as events
from talent.mobility.searching import search
from talent.models import CandidateSearch, Opportunity

JOB = "talent.search_candidates"


@transaction.atomic
def start_candidate_search(opportunity: Opportunity, *, by: Principal) -> Job:
    """Have everybody whom whoever asks looks after compared with an opportunity."""
    row = CandidateSearch.objects.create(opportunity=opportunity, **asked_by(by))
    job = compute_later(row, JOB, _("People for “%s”") % opportunity.title, by=by, search=row.pk)
    events.candidates_searched(row, by=by)
    return job


def compute_candidate_search(
    row: CandidateSearch, *, reader: Principal, report: Callable[[int, int], None] = lambda done, total: None
) -> CandidateSearch:
    """Compare them with the reader's eyes of now. A repeat does nothing more; the search takes the place of the one before."""
    if row.computed_at:
        return row
    opportunity = Opportunity.objects.with_place().with_needs().get(pk=row.opportunity_id)
    row.people, row.compared = search(opportunity, reader, report)
    row.computed_at = timezone.now()
    with transaction.atomic():
        row.save(update_fields=["people", "compared", "computed_at"])
        earlier = CandidateSearch.objects.filter(opportunity=opportunity, user=row.user_id, client_id=row.client_id)
        earlier.filter(pk__lt=row.pk).delete()
    return row
