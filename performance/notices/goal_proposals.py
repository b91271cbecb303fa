"""What people are told about development goals that the strategy proposes."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import notice_kind
from hrportal.notices.sending import Message, notify
from performance.models import GoalProposal
from performance.notices.goals import GROUP

GOALS_PROPOSED = notice_kind(
    "performance.goals_proposed",
    _("Development goals are proposed for your next period: accept what fits, and say why what does not"),
    when=_("A review of yours was shared, and your job will ask for more than it found."),
    group=GROUP,
)


def goals_proposed(proposals: Iterable[GoalProposal]) -> None:
    """Tell people what is proposed to them, once for all that one review brought."""
    sources = {(row.employee_id, f"{row.source}-{row.source_version}") for row in proposals}
    url = reverse("performance:goal_proposal_list") + "?show=own"
    notify(GOALS_PROPOSED, (Message(person, f"goals-proposed-{source}", url) for person, source in sorted(sources)))
