"""360 rounds for those they are about and those who run them: the list, one round, every step of it, its results."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.exports import WRITERS, write_list
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, as_download, render_list
from hrportal.common.numbers import is_number
from hrportal.common.pages import step
from hrportal.common.paging import window
from hrportal.people.enums import Role
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from performance import actions, talk_lists
from performance.enums import RaterGroup, RaterState
from performance.filters import RoundFilter
from performance.forms.rounds import ExternalRaterForm, NominateForm, RoundEditForm, RoundForm
from performance.forms.steps import ReasonForm
from performance.models import FeedbackRound, Rater
from performance.rounds.results import results_for
from performance.rounds.results_file import COLUMNS, lines_of
from performance.rounds.shown import offered_round_steps, progress_of

form_view = require_http_methods(["GET", "HEAD", "POST"])
TO_ANSWER = "to_answer"


@access()
@require_safe
def round_list(request: PageRequest) -> HttpResponse:
    """What one is asked to answer, one's own rounds, one's team's."""
    data = request.GET.copy()
    data.setdefault("show", TO_ANSWER if request.user.viewer.employee_id else "all")
    rounds = FeedbackRound.objects.visible_to(request.user).with_people()
    found = RoundFilter(data, queryset=rounds, request=request)
    is_to_answer = data["show"] == TO_ANSWER
    page = (
        window(request, talk_lists.sheets_to_answer(request.user, data), talk_lists.TO_ANSWER)
        if is_to_answer
        else window(request, found.qs, talk_lists.ROUNDS, query=data)
    )
    context = {
        "filter": found,
        "page": page,
        "tabs": _tabs(request.user),
        "show": data["show"],
        "is_hr": request.user.viewer.is_hr,
        "may_open": request.user.has_perm("performance.see_rounds"),
    }
    return render_list(request, "performance/round_list.html", context)


@access()
@form_view
def round_open(request: PageRequest) -> HttpResponse:
    """A round about somebody one leads or looks after, or about oneself."""
    if not request.user.has_perm("performance.see_rounds"):
        raise PermissionDenied
    form = RoundForm(request.POST or None, user=request.user, initial={"person": request.GET.get("about", "")})
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        person: Any = fields.pop("person", None) or request.user.employee
        if not request.user.has_perm("performance.open_round", FeedbackRound(subject=person)):
            form.add_error("person", _("You can open a round about people you lead or look after, or about yourself."))
        elif round_ := _tried(form, lambda: _opened(request.user, person, fields)):
            return redirect("performance:round_detail", round_.pk)
    return render(request, "performance/round_form.html", {"form": form}, status=422 if form.errors else 200)


@access()
@require_safe
def round_detail(request: PageRequest, pk: int) -> HttpResponse:
    """A round: who is asked while it runs, what came of it when it is over."""
    return _shown(request, _round(request, pk))


@access()
@form_view
def round_edit(request: PageRequest, pk: int) -> HttpResponse:
    """The day answers are due; for HR also how many are the fewest."""
    round_ = _round(request, pk, "edit_round")
    may_set = request.user.has_perm("performance.set_min_raters", round_)
    form = RoundEditForm(request.POST or None, instance=round_, may_set_min_raters=may_set)
    if request.method == "POST" and form.is_valid():
        stored = FeedbackRound.objects.get(pk=pk)
        if _tried(form, lambda: actions.edit_round(stored, by=request.user, **form.cleaned_data)):
            return redirect("performance:round_detail", pk)
    context = {"form": form, "round": FeedbackRound.objects.with_people().get(pk=pk)}
    return render(request, "performance/round_edit.html", context, status=422 if form.errors else 200)


@access()
@require_POST
def rater_nominate(request: PageRequest, pk: int) -> HttpResponse:
    """Name colleagues to be asked."""
    round_ = _round(request, pk, "nominate_rater")
    form = NominateForm(request.POST)
    if form.is_valid():
        fields = {"group": form.cleaned_data["group"], "people": form.people()}
        if _tried(form, lambda: actions.nominate_raters(round_, by=request.user, **fields), people="person_0"):
            return redirect("performance:round_detail", pk)
    return _shown(request, round_, nominate=form, status=422)


@access()
@require_POST
def rater_nominate_external(request: PageRequest, pk: int) -> HttpResponse:
    """Name somebody outside the company."""
    round_ = _round(request, pk, "nominate_rater")
    form = ExternalRaterForm(request.POST)
    if form.is_valid() and _tried(
        form, lambda: actions.nominate_external_rater(round_, by=request.user, **form.cleaned_data)
    ):
        return redirect("performance:round_detail", pk)
    return _shown(request, round_, external=form, status=422)


@access()
@require_POST
def raters_approve(request: PageRequest, pk: int) -> HttpResponse:
    """Agree to those who are ticked, or with `all` to everybody who is nominated."""
    round_ = _round(request, pk, "approve_rater")
    raters = round_.raters.filter(state=RaterState.NOMINATED)
    if "all" not in request.POST:
        ticked = [value for value in request.POST.getlist("rater") if is_number(value)]
        raters = round_.raters.filter(pk__in=ticked)
    return _step(request, round_, lambda: actions.approve_raters(round_, by=request.user, raters=list(raters)))


@access()
@require_POST
def rater_reject(request: PageRequest, pk: int, rater: int) -> HttpResponse:
    """Do not ask somebody who was named."""
    round_ = _round(request, pk, "reject_rater")
    return _step(request, round_, lambda: actions.reject_rater(_rater(round_, rater), by=request.user))


@access()
@require_POST
def rater_remove(request: PageRequest, pk: int, rater: int) -> HttpResponse:
    """Take a nomination back."""
    round_ = _round(request, pk, "remove_rater")
    return _step(request, round_, lambda: actions.remove_rater(_rater(round_, rater), by=request.user))


@access()
@require_POST
def rater_renew_link(request: PageRequest, pk: int, rater: int) -> HttpResponse:
    """Send a new link to somebody outside the company."""
    round_ = _round(request, pk, "renew_link")
    said = _("If the answer is still missing, a new link is on its way. The old one is void.")
    return _step(request, round_, lambda: actions.renew_link(_rater(round_, rater), by=request.user), said)


@access()
@require_POST
def round_approve(request: PageRequest, pk: int) -> HttpResponse:
    """Agree to a round that was asked for."""
    round_ = _round(request, pk, "approve_round")
    return _step(request, round_, lambda: actions.approve_round(round_, by=request.user))


@access()
@require_POST
def round_begin(request: PageRequest, pk: int) -> HttpResponse:
    """Ask everybody."""
    round_ = _round(request, pk, "begin_collecting")
    return _step(
        request, round_, lambda: actions.begin_collecting(round_, by=request.user), _("Everybody is asked now.")
    )


@access()
@require_POST
def round_remind(request: PageRequest, pk: int) -> HttpResponse:
    """Remind whoever has not answered."""
    round_ = _round(request, pk, "remind_raters")
    said = _("Whoever has not answered yet is reminded, at most once a day.")
    return _step(request, round_, lambda: actions.remind_raters(round_, by=request.user), said)


@access()
@require_POST
def round_close(request: PageRequest, pk: int) -> HttpResponse:
    """End the collecting."""
    round_ = _round(request, pk, "close_round")
    return _step(request, round_, lambda: actions.close_round(round_, by=request.user))


@access()
@require_POST
def round_share(request: PageRequest, pk: int) -> HttpResponse:
    """Show the results to their subject."""
    round_ = _round(request, pk, "share_round")
    return _step(request, round_, lambda: actions.share_round(round_, by=request.user), _("The results are shared."))


@access()
@form_view
def round_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """Give the round up, with a reason."""
    round_ = _round(request, pk, "withdraw_round")
    form = ReasonForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and _tried(form, lambda: actions.withdraw_round(round_, by=request.user, **form.cleaned_data))
    ):
        return redirect("performance:round_detail", pk)
    context = {"form": form, "round": round_}
    return render(request, "performance/round_withdraw.html", context, status=422 if form.errors else 200)


@access()
@require_safe
def round_export(request: PageRequest, pk: int, file_format: str) -> HttpResponse:
    """The results as a file: what the page shows this reader, and nothing else."""
    round_ = _round(request, pk)
    results = results_for(request.user, round_)
    if results is None or file_format not in WRITERS:
        raise Http404
    file = write_list(COLUMNS, lines_of(results), title=_("360 feedback"), name=f"round-{pk}", format=file_format)
    return as_download(file)


def _round(request: PageRequest, pk: int, step: str = "") -> FeedbackRound:
    permission = f"performance.{step}" if step else None
    return get_for_user(FeedbackRound.objects.with_people(), request.user, permission, pk=pk)


def _rater(round_: FeedbackRound, pk: int) -> Rater:
    return get_object_or_404(round_.raters.select_related("round"), pk=pk)


def _opened(user: Principal, person: Employee, fields: dict[str, Any]) -> FeedbackRound:
    return actions.open_round(by=user, subject=person, **fields)


def _tried(form: Any, act: Callable[[], Any], **fields: str) -> Any:
    """What an action gives back; a refusal goes to the field it is about (`fields` renames) and gives None."""
    try:
        return act()
    except ActionError as refusal:
        put_on_form(form, refusal, field=fields.get(refusal.field or ""))
        return None


def _step(request: PageRequest, round_: FeedbackRound, act: Callable[[], Any], said: str = "") -> HttpResponse:
    return step(request, act, done=said, back=reverse("performance:round_detail", args=[round_.pk]))


def _shown(
    request: PageRequest,
    round_: FeedbackRound,
    *,
    nominate: NominateForm | None = None,
    external: ExternalRaterForm | None = None,
    status: int = 200,
) -> HttpResponse:
    steps = offered_round_steps(request.user, round_)
    raters = list(round_.raters.select_related("employee__job", "employee__org_unit").order_by("pk"))
    own = next((rater for rater in raters if rater.employee_id == request.user.viewer.employee_id), None)
    context = {
        "round": round_,
        "steps": steps,
        "groups": _by_group(raters),
        "has_nominated": any(rater.state == RaterState.NOMINATED for rater in raters),
        "progress": progress_of(request.user, round_),
        "own_rater": own if own and own.state == RaterState.INVITED else None,
        "is_own": round_.subject_id == request.user.viewer.employee_id,
        "nominate": nominate or NominateForm(),
        "external": external or ExternalRaterForm(),
        "results": results_for(request.user, round_),
    }
    return render(request, "performance/round_detail.html", context, status=status)


def _by_group(raters: list[Rater]) -> list[tuple[str, list[Rater]]]:
    groups = [(str(group.label), [rater for rater in raters if rater.group == group]) for group in RaterGroup]
    return [(label, members) for label, members in groups if members]


TABS = {
    TO_ANSWER: gettext_lazy("To answer"),
    "own": gettext_lazy("About me"),
    "team": gettext_lazy("My team"),
    "all": gettext_lazy("All I look after"),
}


def _tabs(user: Principal) -> list[tuple[str, str]]:
    shown = [TO_ANSWER, "own"] if user.viewer.employee_id else []
    if user.viewer.has(Role.MANAGER):
        shown.append("team")
    if user.viewer.is_hr:
        shown.append("all")
    return [(name, str(TABS[name])) for name in shown]
