"""Comparing both sides of the bridge, and handing over again where they differ."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_filters.views import FilterView

from calibration.actions.handover import hand_over_again, start_handing_over_again
from calibration.actions.reconciliation import RECONCILE, is_under_way, start_reconciliation
from calibration.bridge.lists import DIFFERENCES
from calibration.filters.reconciliation import DifferenceFilter
from calibration.models import Difference, Reconciliation
from calibration.reconciliation.figures import figures_for, last_for
from hrportal.common.access import Access, access, get_for_user
from hrportal.common.http import PageRequest
from hrportal.common.pages import start, step
from hrportal.common.paging import of, window
from hrportal.journal.enums import JobState
from hrportal.journal.models import Job
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.viewer import Principal
from performance.models import Review

SHOWN_BEFORE = 10


class ReconciliationView(FilterView):
    """One comparison (the last, unless the URL names one) with its differences; those before it beside."""

    request: PageRequest
    access = Access(roles=frozenset(HR_ROLES))
    filterset_class = DifferenceFilter
    template_name = "calibration/reconciliation_detail.html"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.shown: Reconciliation | None = None

    def get_queryset(self) -> Any:
        self.shown = self._reconciliation()
        rows = Difference.objects.visible_to(self.request.user).filter(reconciliation=self.shown)
        return rows.with_people().order_by("pk")

    def _reconciliation(self) -> Reconciliation | None:
        user = self.request.user
        if "pk" not in self.kwargs:
            return last_for(user)
        return get_for_user(Reconciliation.objects.finished().with_found(user), user, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user, query = self.request.user, of(self.request, **({"comparison": self.shown.pk} if self.shown else {}))
        page = window(self.request, context["filter"].qs, DIFFERENCES, query=query)
        before = Reconciliation.objects.visible_to(user).finished().with_found(user)
        differences = Difference.objects.visible_to(user).filter(reconciliation=self.shown)
        return context | {
            "reconciliation": self.shown,
            "figures": figures_for(self.shown, user) if self.shown else [],
            "sees_all": user.viewer.has(Role.HR_LEADER),
            "rows": _with_links(page.rows, user),
            "page": page,
            "any_to_hand_over": differences.to_hand_over().exists(),
            "before": before[:SHOWN_BEFORE],
            "job": self._job(),
            "is_under_way": is_under_way(),
        }

    def _job(self) -> Job | None:
        """The reader's own comparison while it is under way, or when it failed and nothing was compared since."""
        job = Job.objects.visible_to(self.request.user).filter(kind=RECONCILE).order_by("-pk").first()
        if job is None or not job.is_finished:
            return job
        since = self.shown and self.shown.finished_at
        is_last = not since or (job.finished_at is not None and job.finished_at >= since)
        return job if job.state == JobState.FAILED and is_last else None


@access(roles=HR_ROLES)
@require_POST
def reconciliation_start(request: PageRequest) -> HttpResponse:
    """Compare now, in the background."""
    return step(request, lambda: start_reconciliation(by=request.user), back=reverse("calibration:reconciliation_list"))


@access(roles=HR_ROLES)
@require_POST
def reconciliation_hand_over_again(request: PageRequest, pk: int) -> HttpResponse:
    """Hand over again wherever this person sees a difference."""
    reconciliation = get_for_user(Reconciliation.objects.finished(), request.user, "calibration.hand_over_again", pk=pk)
    return start(
        request,
        lambda: start_handing_over_again(reconciliation, by=request.user),
        back=reverse("calibration:reconciliation_detail", args=[pk]),
    )


@access(roles=HR_ROLES)
@require_POST
def difference_hand_over_again(request: PageRequest, pk: int) -> HttpResponse:
    """Hand over again what one difference is about."""
    difference = get_for_user(Difference.objects.all(), request.user, "calibration.hand_over_again", pk=pk)
    if hand_over_again([difference], by=request.user):
        messages.success(
            request, _("The review is handed over again now. Compare again to see whether that was enough.")
        )
    else:
        messages.info(request, _("Nothing was done: it is on its way, or names no review."))
    return redirect("calibration:reconciliation_detail", difference.reconciliation_id)


def _with_links(rows: list[Difference], user: Principal) -> list[dict[str, Any]]:
    """Each difference with its review, where the reader may see it."""
    reviews = Review.objects.visible_to(user).filter(pk__in={row.review_id for row in rows if row.review_id})
    visible = set(reviews.values_list("pk", flat=True))
    return [{"difference": row, "review_id": row.review_id if row.review_id in visible else None} for row in rows]
