"""One-to-ones: one's series, one series with its meetings, and what begins, changes and ends it."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import step
from hrportal.common.paging import of, window
from hrportal.people.models import Employee
from performance import actions
from performance.enums import MeetingState
from performance.forms.one_to_ones import DayForm, OneToOneForm, RhythmForm
from performance.models import ActionItem, OneToOne
from performance.talk_lists import MEETINGS, ONE_TO_ONES, one_to_ones, past_meetings

MOST_WITHOUT = 20


@access()
@require_safe
def one_to_one_list(request: PageRequest) -> HttpResponse:
    """One's one-to-ones, and those of one's people with whom there are none yet."""
    show = "ended" if request.GET.get("show") == "ended" else "running"
    me = request.user.viewer.employee_id
    page = window(request, one_to_ones(request.user, request.GET), ONE_TO_ONES, size=25)
    context = {
        "page": page,
        "lines": [(row, row.other(me), next(iter(row.planned), None)) for row in page.rows],
        "tabs": [("running", _("Running")), ("ended", _("Ended"))],
        "show": show,
        "without": _people_without(me) if show == "running" else [],
        "may_start": request.user.has_perm("performance.start_one_to_one"),
    }
    return render_list(request, "performance/one_to_one_list.html", context)


@access()
@require_http_methods(["GET", "HEAD", "POST"])
def one_to_one_start(request: PageRequest) -> HttpResponse:
    """Begin one-to-ones with one's manager or one of one's people."""
    if not request.user.has_perm("performance.start_one_to_one"):
        raise PermissionDenied
    form = OneToOneForm(request.POST or None, initial={"person": request.GET.get("with", "")})
    if request.method == "POST" and form.is_valid() and (series := _start(request, form)):
        return redirect(series.meetings.get(state=MeetingState.PLANNED))
    return render(request, "performance/one_to_one_form.html", {"form": form}, status=422 if form.errors else 200)


@access()
@require_safe
def one_to_one_detail(request: PageRequest, pk: int) -> HttpResponse:
    """A series: what comes next, what is promised, what was."""
    return _show(request, _series(request, pk))


@access()
@require_POST
def one_to_one_change(request: PageRequest, pk: int) -> HttpResponse:
    """Another rhythm."""
    series = _series(request, pk, "performance.change_one_to_one")
    form = RhythmForm(request.POST)
    if form.is_valid():
        return step(
            request,
            lambda: actions.change_one_to_one(series, by=request.user, **form.cleaned_data),
            done=_("The rhythm is changed."),
            back=series.get_absolute_url(),
        )
    return _show(request, series, rhythm_form=form)


@access()
@require_POST
def one_to_one_end(request: PageRequest, pk: int) -> HttpResponse:
    """End a series."""
    series = _series(request, pk, "performance.end_one_to_one")
    return step(
        request,
        lambda: actions.end_one_to_one(series, by=request.user),
        done=_("These one-to-ones have ended."),
        back=series.get_absolute_url(),
    )


@access()
@require_POST
def meeting_plan(request: PageRequest, pk: int) -> HttpResponse:
    """Plan the next meeting of a series that has none."""
    series = _series(request, pk, "performance.plan_meeting")
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            meeting = actions.plan_meeting(series, by=request.user, **form.cleaned_data)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            return redirect(meeting)
    return _show(request, series, day_form=form)


def _series(request: PageRequest, pk: int, permission: str | None = None) -> OneToOne:
    return get_for_user(OneToOne.objects.with_people(), request.user, permission, pk=pk)


def _show(
    request: PageRequest, series: OneToOne, *, rhythm_form: RhythmForm | None = None, day_form: DayForm | None = None
) -> HttpResponse:
    failed = any(form is not None and form.errors for form in (rhythm_form, day_form))
    query = of(request, one_to_one=series.pk)
    context = {
        "series": series,
        "other": series.other(request.user.viewer.employee_id),
        "planned": series.meetings.filter(state=MeetingState.PLANNED).first(),
        "page": window(request, past_meetings(request.user, query), MEETINGS, query=query, size=25),
        "actions": ActionItem.objects.visible_to(request.user).open().filter(one_to_one=series).select_related("owner"),
        "waiting": series.agenda.open().count(),
        "rhythm_form": rhythm_form or RhythmForm(initial={"rhythm": series.rhythm}),
        "day_form": day_form or DayForm(),
    }
    return render(request, "performance/one_to_one_detail.html", context, status=422 if failed else 200)


def _start(request: PageRequest, form: OneToOneForm) -> OneToOne | None:
    me = get_object_or_404(Employee, pk=request.user.viewer.employee_id)
    fields = dict(form.cleaned_data)
    person = fields.pop("person")
    manager, employee = (me, person) if person.manager_id == me.pk else (person, me)
    try:
        return actions.start_one_to_one(by=request.user, manager=manager, employee=employee, **fields)
    except ActionError as refusal:
        put_on_form(form, refusal, field="person" if refusal.field == "employee" else None)
        return None


def _people_without(me: int | None) -> list[Employee]:
    """Those one leads, and one's manager, with whom there are no one-to-ones yet."""
    if me is None:
        return []
    near = Employee.objects.employed().filter(Q(manager=me) | Q(reports=me))
    running = OneToOne.objects.running().filter(Q(manager=me) | Q(employee=me))
    taken = {person for pair in running.values_list("manager_id", "employee_id") for person in pair}
    return list(near.exclude(pk__in=taken).select_related("job", "org_unit").distinct()[:MOST_WITHOUT])
