"""Seeing what crosses the bridge, and helping what is stuck."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_filters.views import FilterView

from calibration.actions.handover import retry_parked
from calibration.enums import HandOverKind
from calibration.filters import HandOverFilter
from calibration.models import HandOver
from calibration.reconciliation.figures import last_for
from hrportal.common.access import Access, access, get_for_user
from hrportal.common.http import PageRequest
from hrportal.common.numbers import is_number
from hrportal.journal.delivery import retry_delivery
from hrportal.journal.enums import DeliveryState
from hrportal.people.enums import HR_ROLES
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from performance.models import Review
from talent.models import TalentProfile


class HandOverListView(FilterView):
    """What is stuck comes first. The list is not counted: there is a row for every review ever completed."""

    request: PageRequest
    access = Access(roles=frozenset(HR_ROLES))
    filterset_class = HandOverFilter
    template_name = "calibration/handover_list.html"
    page_size = 50

    def get_queryset(self) -> Any:
        rows = HandOver.objects.visible_to(self.request.user).select_related("fact")
        return rows.order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows, next_url = self._page(context["filter"].qs)
        kinds = _kinds(self.request.user)
        return context | {
            "rows": _with_links(rows, self.request.user),
            "next_url": next_url,
            "export_query": self.request.GET.urlencode(),
            "kinds": kinds,
            "any_parked": any(kind["parked"] for kind in kinds),
            "comparison": last_for(self.request.user),
        }

    def _page(self, rows: Any) -> tuple[list[HandOver], str]:
        """The rows below a position, and the address of what comes after them."""
        before = self.request.GET.get("before", "")
        if is_number(before):
            rows = rows.filter(pk__lt=int(before))
        found = list(rows[: self.page_size + 1])
        if len(found) <= self.page_size:
            return found, ""
        query = self.request.GET.copy()
        query["before"] = str(found[self.page_size - 1].pk)
        return found[: self.page_size], f"{self.request.path}?{query.urlencode()}"


@access(roles=HR_ROLES)
@require_POST
def handover_retry(request: PageRequest, pk: int) -> HttpResponse:
    delivery = get_for_user(HandOver.objects.all(), request.user, "calibration.retry_handover", pk=pk)
    retry_delivery(delivery, by=request.user)
    return _told(request, 1)


@access(roles=HR_ROLES)
@require_POST
def handover_retry_parked(request: PageRequest) -> HttpResponse:
    """Give everything parked that this person may see a fresh start."""
    return _told(request, retry_parked(HandOver.objects.visible_to(request.user), by=request.user))


def _told(request: PageRequest, tried: int) -> HttpResponse:
    words = ngettext("%d hand-over is tried again now.", "%d hand-overs are tried again now.", tried) % tried
    messages.success(request, words)
    return redirect("calibration:handover_list")


def _kinds(user: Principal) -> list[dict[str, Any]]:
    """Each subscriber with what is pending, failing, parked, and done today."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    pending = Q(state=DeliveryState.PENDING)
    rows = HandOver.objects.visible_to(user).exclude(state=DeliveryState.DONE, done_at__lt=midnight)
    counted = (
        rows.order_by()
        .values("subscriber")
        .annotate(
            pending=Count("pk", filter=pending & Q(attempts=0)),
            failing=Count("pk", filter=pending & Q(attempts__gt=0)),
            parked=Count("pk", filter=Q(state=DeliveryState.PARKED)),
            done=Count("pk", filter=Q(state=DeliveryState.DONE)),
        )
    )
    found = {row["subscriber"]: row for row in counted}
    nothing = {"pending": 0, "failing": 0, "parked": 0, "done": 0}
    return [{"label": kind.label, "value": kind.value} | found.get(kind, nothing) for kind in HandOverKind]


def _with_links(rows: list[HandOver], user: Principal) -> list[dict[str, Any]]:
    """Each row with its person, and its review and talent profile where the reader may see them."""
    people = Employee.objects.in_bulk({row.fact.person_id for row in rows})
    reviews = Review.objects.visible_to(user).filter(pk__in={row.fact.subject_id for row in rows})
    visible = set(reviews.values_list("pk", flat=True))
    profiles = TalentProfile.objects.visible_to(user).filter(employee__in=people)
    profile_of: dict[int | None, int] = dict(profiles.values_list("employee", "pk"))
    return [
        {
            "delivery": row,
            "label": HandOverKind(row.subscriber).label,
            "person": people.get(row.fact.person_id),
            "review_id": row.fact.subject_id if row.fact.subject_id in visible else None,
            "profile_id": profile_of.get(row.fact.person_id),
        }
        for row in rows
    ]
