"""What a talent review decides: about one person, as a list, as minutes, and the tasks that come of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest
from hrportal.common.pages import form_page
from hrportal.common.pdf import pdf_response
from talent.actions import review_decisions as steps
from talent.forms.talent_reviews import DecisionForm, TaskDoneForm, TaskDropForm
from talent.models import ReviewTask
from talent.talent_reviews.minutes import minutes_of
from talent.views.talent_reviews import member_for, review_for, shared


@access()
@require_http_methods(["GET", "POST"])
def review_member_decide(request: PageRequest, pk: int) -> HttpResponse:
    """Decide something about a person, with a reason, an owner and a day."""
    member = member_for(request, pk, "talent.decide_on_member")
    form = DecisionForm(request.POST or None, member=member, user=request.user)
    return form_page(
        request,
        form,
        lambda _data: steps.decide_on_member(member, by=request.user, **form.given),
        done=_("Decided about %s; the task has an owner.") % member.employee.name,
        back=reverse("talent:review_member_detail", args=[pk]),
        back_label=member.employee.name,
        title=_("Decide about %s") % member.employee.name,
        lead=member.review.name,
        submit=_("Decide"),
    )


@access()
@require_safe
def talent_review_decisions(request: PageRequest, pk: int) -> HttpResponse:
    """Who was placed where and why, what else was decided, and how far the tasks are."""
    review = review_for(request, pk)
    context = shared(request, review, "decisions") | {
        "minutes": minutes_of(review, request.user),
        "may_archive": request.user.has_perm("talent.archive_talent_review", review),
        "export_query": f"review={pk}",
    }
    return render(request, "talent/talent_review_decisions.html", context)


@access()
@require_safe
def talent_review_minutes(request: PageRequest, pk: int) -> HttpResponse:
    """The minutes on paper: what this reader may read of them."""
    review = review_for(request, pk)
    context = {"review": review, "minutes": minutes_of(review, request.user), "reader": request.user}
    page = reverse("talent:talent_review_decisions", args=[pk])
    title = _("Minutes %s") % review.name
    return pdf_response(request, "talent/talent_review_minutes.html", context, title=title, page_url=page)


@access()
@require_safe
def review_task_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One task: what is to be done, until when, and about whom where the reader may know."""
    return _task_page(request, _task(request, pk))


@access()
@require_POST
def review_task_complete(request: PageRequest, pk: int) -> HttpResponse:
    """It is done."""
    task = _task(request, pk, "talent.complete_review_task")
    form = TaskDoneForm(request.POST)
    return _end(request, task, form, lambda data: steps.complete_review_task(task, by=request.user, note=data["note"]))


@access()
@require_POST
def review_task_drop(request: PageRequest, pk: int) -> HttpResponse:
    """It is no longer to be done."""
    task = _task(request, pk, "talent.drop_review_task")
    form = TaskDropForm(request.POST)
    return _end(request, task, form, lambda data: steps.drop_review_task(task, by=request.user, reason=data["reason"]))


def _end(request: PageRequest, task: ReviewTask, form: Any, act: Any) -> HttpResponse:
    back = reverse("talent:review_task_detail", args=[task.pk])
    context = _about(request, task) | {("done" if isinstance(form, TaskDoneForm) else "drop") + "_form": form}
    template = "talent/review_task_detail.html"
    return form_page(request, form, act, done=_("Noted."), back=back, template=template, **context)


def _task(request: PageRequest, pk: int, permission: str | None = None) -> ReviewTask:
    rows = ReviewTask.objects.with_all().select_related("ended_by", "decision__member__review__org_unit")
    return get_for_user(rows, request.user, permission, pk=pk)


def _task_page(request: PageRequest, task: ReviewTask) -> HttpResponse:
    return render(request, "talent/review_task_detail.html", _about(request, task))


def _about(request: PageRequest, task: ReviewTask) -> dict[str, Any]:
    user = request.user
    named = ReviewTask.objects.naming(user).get(pk=task.pk)
    is_open = task.state == "open"
    return {
        "task": task,
        "names_person": named.names_person,
        "done_form": TaskDoneForm() if is_open and user.has_perm("talent.complete_review_task", task) else None,
        "drop_form": TaskDropForm() if is_open and user.has_perm("talent.drop_review_task", task) else None,
    }
