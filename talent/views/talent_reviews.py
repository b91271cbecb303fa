"""Talent reviews from their making to the archive, and the notes before them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import form_page, step
from hrportal.common.paging import of, window
from hrportal.common.paths import below
from hrportal.journal.models import Job
from hrportal.people.enums import HR_ROLES
from talent.actions import review_board as board_steps
from talent.actions import talent_reviews as steps
from talent.enums import TalentReviewState
from talent.filters.talent_reviews import TalentReviewFilter
from talent.forms.talent_reviews import NoteForm, TalentReviewForm
from talent.models import MemberNote, ReviewMember, TalentReview
from talent.talent_reviews.board import Table, people_at, tally_of
from talent.talent_reviews.cycles import cycle_warnings
from talent.talent_reviews.lists import NOTES, REVIEWS
from talent.talent_reviews.population import preview_of


def review_for(request: PageRequest, pk: int, permission: str | None = None) -> TalentReview:
    """The review of a page, as far as this person may see or do it."""
    return get_for_user(TalentReview.objects.with_people(), request.user, permission, pk=pk)


def member_for(request: PageRequest, pk: int, permission: str | None = None) -> ReviewMember:
    """The card of a page, as far as this person may see or touch it."""
    related = ("review__org_unit", "employee__org_unit")
    return get_for_user(ReviewMember.objects.with_people().select_related(*related), request.user, permission, pk=pk)


def shared(request: PageRequest, review: TalentReview, tab: str) -> dict[str, Any]:
    """What every page of one review shows above its content."""
    user = request.user
    return {
        "review": review,
        "tab": tab,
        "may_prepare": user.has_perm("talent.edit_talent_review", review),
        "may_run": user.has_perm("talent.work_talent_review", review),
        "writes_notes": review.takes_notes and review.seats_at(user.viewer.employee_id),
    }


@access()
@require_safe
def talent_review_list(request: PageRequest) -> HttpResponse:
    """The meetings one runs, sits at, or reads about."""
    reviews = TalentReview.objects.visible_to(request.user)
    found = TalentReviewFilter(request.GET, reviews, request=request)
    page = window(request, found.qs.with_people().with_counts(request.user), REVIEWS)
    context = {
        "filter": found,
        "page": page,
        "may_create": bool(HR_ROLES & request.user.viewer.roles),
        "is_filtered": found.is_bound and bool(found.form.changed_data),
    }
    return render_list(request, "talent/talent_review_list.html", context)


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def talent_review_create(request: PageRequest) -> HttpResponse:
    """Prepare a meeting."""
    form = TalentReviewForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            review = steps.create_talent_review(by=request.user, **form.given)
        except ActionError as error:
            put_on_form(form, error)
        else:
            return redirect("talent:talent_review_detail", review.pk)
    return _form(request, form, None)


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def talent_review_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change a meeting that is not decided."""
    review = review_for(request, pk, "talent.edit_talent_review")
    # The form writes what is typed into its own copy; the action reads the row again under its lock.
    form = TalentReviewForm(request.POST or None, instance=review, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            steps.edit_talent_review(review, by=request.user, **form.given)
        except ActionError as error:
            put_on_form(form, error)
        else:
            return redirect("talent:talent_review_detail", pk)
    return _form(request, form, review)


def _form(request: PageRequest, form: TalentReviewForm, review: TalentReview | None) -> HttpResponse:
    context = {"form": form, "review": review}
    return render(request, "talent/talent_review_form.html", context, status=422 if form.errors else 200)


@access()
@require_safe
def talent_review_detail(request: PageRequest, pk: int) -> HttpResponse:
    """Over whom, who sits around it, what is missing before it can begin, and how far it is."""
    review = review_for(request, pk)
    context = shared(request, review, "preparation")
    runs = context["may_run"] or context["may_prepare"]
    job = Job.objects.visible_to(request.user).filter(pk=review.job_id).first() if review.job_id else None
    context |= {
        "tally": tally_of(Table(review, request.user)),
        "preview": preview_of(review, request.user) if runs and review.state == TalentReviewState.PREPARING else None,
        "people": people_at(review) if runs or review.seats_at(request.user.viewer.employee_id) else [],
        "warnings": cycle_warnings(review) if not review.is_decided else [],
        "notes": MemberNote.objects.visible_to(request.user).filter(member__review=review).count(),
        "job": job if job and not (job.is_finished and job.state == "done") else None,
    }
    return render(request, "talent/talent_review_detail.html", context)


@access(roles=HR_ROLES)
@require_POST
def talent_review_prepare(request: PageRequest, pk: int) -> HttpResponse:
    """Write the list, in the background."""
    review = review_for(request, pk, "talent.prepare_talent_review")
    done = _("The list is being written.")
    return step(request, lambda: steps.prepare_talent_review(review, by=request.user), done=done, back=_page(pk))


@access(roles=HR_ROLES)
@require_POST
def talent_review_open(request: PageRequest, pk: int) -> HttpResponse:
    """Begin the meeting, in the background."""
    review = review_for(request, pk, "talent.open_talent_review")
    done = _("The figures are being taken; then the meeting is open.")
    return step(request, lambda: steps.open_talent_review(review, by=request.user), done=done, back=_page(pk))


@access(roles=HR_ROLES)
@require_POST
def talent_review_cancel(request: PageRequest, pk: int) -> HttpResponse:
    """Call the meeting off."""
    review = review_for(request, pk, "talent.cancel_talent_review")
    try:
        steps.cancel_talent_review(review, by=request.user)
    except ActionError as error:
        messages.error(request, error.message)
        return redirect("talent:talent_review_detail", pk)
    messages.success(request, _("“%s” is called off.") % review.name)
    return redirect("talent:talent_review_list")


@access()
@require_http_methods(["GET", "POST"])
def talent_review_conclude(request: PageRequest, pk: int) -> HttpResponse:
    """What will happen, before it does; then the meeting ends."""
    review = review_for(request, pk, "talent.conclude_talent_review")
    if request.method == "POST":
        back = reverse("talent:talent_review_decisions", args=[pk])
        done = _("The talent review is concluded.")
        return step(request, lambda: steps.conclude_talent_review(review, by=request.user), done=done, back=back)
    context = shared(request, review, "board") | {"tally": tally_of(Table(review, request.user))}
    return render(request, "talent/talent_review_conclude.html", context)


@access(roles=HR_ROLES)
@require_POST
def talent_review_archive(request: PageRequest, pk: int) -> HttpResponse:
    """Put it away."""
    review = review_for(request, pk, "talent.archive_talent_review")
    done = _("The talent review is archived; its table no longer reads it.")
    return step(request, lambda: steps.archive_talent_review(review, by=request.user), done=done, back=_page(pk))


@access()
@require_safe
def talent_review_notes(request: PageRequest, pk: int) -> HttpResponse:
    """One's own people on the list, with what one wrote about each before the meeting."""
    review = review_for(request, pk)
    viewer = request.user.viewer
    members = ReviewMember.objects.visible_to(request.user).filter(
        below(viewer.path, field="employee__path"), review=pk
    )
    written = {
        note.member_id: note for note in MemberNote.objects.filter(employee=viewer.employee_id, member__review=review)
    }
    page = window(request, members.with_people(), NOTES, query=of(request, review=pk))
    rows = [(member, written.get(member.pk)) for member in page.rows]
    context = shared(request, review, "notes") | {"page": page, "rows": rows, "written": len(written)}
    return render(request, "talent/talent_review_notes.html", context)


@access()
@require_http_methods(["GET", "POST"])
def review_member_note(request: PageRequest, pk: int) -> HttpResponse:
    """Write a note about one of one's people, and propose a box."""
    member = member_for(request, pk, "talent.note_member")
    stored = MemberNote.objects.filter(member=member, employee=request.user.viewer.employee_id).first()
    form = NoteForm(request.POST or None, member=member, stored=stored)
    return form_page(
        request,
        form,
        lambda data: board_steps.note_member(member, by=request.user, note=data["note"], box=data["box"]),
        done=_("Your note about %s is kept.") % member.employee.name,
        back=reverse("talent:talent_review_notes", args=[member.review_id]),
        back_label=member.review.name,
        title=_("Before the meeting: %s") % member.employee.name,
        lead=member.review.name,
        submit=_("Keep"),
    )


def _page(pk: int) -> str:
    return reverse("talent:talent_review_detail", args=[pk])
