"""What figures say about managers' ratings, with the whole arithmetic; and the suggestions that rest on them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_filters.views import FilterView

from calibration.actions.evidence import (
    accept_suggestion,
    discuss_suggestion,
    explain_finding,
    reject_suggestion,
    request_evidence,
    switch_evidence,
)
from calibration.enums import SuggestionAnswer
from calibration.evidence.arithmetic import steps_of
from calibration.evidence.lists import FINDINGS, SUGGESTIONS
from calibration.evidence.shown import freshness_of, kept_back, suggestions_at, with_cards
from calibration.filters.evidence import FindingFilter, SuggestionFilter, asked_first, at_table
from calibration.forms.evidence import AnswerForm, ExplanationForm, SwitchForm
from calibration.models import CalibrationSession, Explanation, ManagerEvidence, Suggestion
from calibration.views.common import say, session_for
from hrportal.common.access import Access, access, get_for_user
from hrportal.common.actions import ActionError, StaleVersion
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.common.pages import step
from hrportal.common.paging import of
from hrportal.journal.recording import Actor
from hrportal.people.enums import HR_ROLES, Role
from performance.models import ReviewCycle

MOST_NAMES = 12


class CycleEvidenceView(FilterView):
    """Every manager of a cycle whose figure the reader may know."""

    request: PageRequest
    access = Access()
    filterset_class = FindingFilter
    template_name = "calibration/evidence_list.html"
    paginate_by = 30

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.session: CalibrationSession | None = None
        self.cycle: ReviewCycle

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.find()
        return super().dispatch(request, *args, **kwargs)

    def find(self) -> None:
        """Whoever sees a session of the cycle may come."""
        sessions = CalibrationSession.objects.visible_to(self.request.user)
        cycles = ReviewCycle.objects.filter(pk=self.kwargs["pk"], is_calibrated=True)
        found = cycles.filter(pk__in=sessions.order_by().values("cycle")).select_related("scale").first()
        if found is None:
            raise Http404
        self.cycle = found

    def get_queryset(self) -> Any:
        rows = ManagerEvidence.objects.visible_to(self.request.user).newest().filter(run__cycle=self.cycle)
        if self.session:
            rows = rows.filter(at_table(self.request.user, self.session))
        return asked_first(rows.select_related("run", "manager"))

    def get_template_names(self) -> list[str]:
        return [self.template_name + ("#table" if self.request.htmx else "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.request.htmx:
            return context | self.about()
        hidden = kept_back(self.request.user, self.cycle, self.session)
        return (
            context
            | self.about()
            | {
                "freshness": freshness_of(self.cycle),
                "hidden": list(hidden.order_by("last_name", "first_name")[: MOST_NAMES + 1]),
                "most_names": MOST_NAMES,
                "may_compute": self.request.user.has_perm("calibration.compute_evidence"),
                "may_switch": self.request.user.has_perm("calibration.switch_evidence"),
                "switch_form": SwitchForm(auto_id="switch_%s"),
            }
        )

    def about(self) -> dict[str, Any]:
        query = self.request.GET.copy()
        query["cycle"] = str(self.cycle.pk)
        if self.session:
            query["session"] = str(self.session.pk)
        return {
            "cycle": self.cycle,
            "session": self.session,
            "ordering": self.request.GET.get("ordering", ""),
            "list": FINDINGS.name,
            "query": query.urlencode(),
        }


class SessionEvidenceView(CycleEvidenceView):
    """The managers around one table."""

    def find(self) -> None:
        self.session = session_for(self.request, self.kwargs["pk"])
        self.cycle = self.session.cycle


@access(roles=HR_ROLES)
@require_POST
def evidence_compute(request: PageRequest, pk: int) -> HttpResponse:
    """Compute now; the page shows how far it is."""
    cycle = get_for_user(ReviewCycle.objects.filter(is_calibrated=True), request.user, pk=pk)
    return step(
        request, lambda: request_evidence(cycle, by=request.user), back=reverse("calibration:cycle_evidence", args=[pk])
    )


@access(roles={Role.HR_LEADER})
@require_POST
def evidence_switch(request: PageRequest, pk: int) -> HttpResponse:
    """Show the figures of a cycle, or show them to nobody."""
    cycle = get_for_user(ReviewCycle.objects.filter(is_calibrated=True), request.user, pk=pk)
    form = SwitchForm(request.POST)
    try:
        is_shown = (form.is_valid() and form.cleaned_data["is_shown"]) or bool(request.POST.get("is_shown"))
        switch_evidence(cycle, by=request.user, is_shown=is_shown, reason=form.cleaned_data.get("reason", ""))
    except ActionError as error:
        say(request, error)
    return redirect("calibration:cycle_evidence", pk)


@access()
@require_safe
def finding_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One manager: the sentence, and every number it rests on."""
    return _finding_page(request, _finding(request, pk), ExplanationForm())


@access()
@require_POST
def finding_explain(request: PageRequest, pk: int) -> HttpResponse:
    """The manager's or the table's explanation, added to those before."""
    finding, form = _finding(request, pk, "calibration.explain_finding"), ExplanationForm(request.POST)
    if form.is_valid():
        try:
            explain_finding(finding, by=request.user, text=form.cleaned_data["text"])
        except ActionError as error:
            put_on_form(form, error)
        else:
            return redirect("calibration:finding_detail", pk)
    return _finding_page(request, finding, form, status=422)


class SessionSuggestionsView(FilterView):
    """What is suggested around a table; each is answered singly."""

    request: PageRequest
    access = Access()
    filterset_class = SuggestionFilter
    template_name = "calibration/suggestion_list.html"
    paginate_by = 20

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.session = session_for(self.request, self.kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return suggestions_at(self.request.user, self.session).order_by("answer", "-probability", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "session": self.session,
            "list": SUGGESTIONS.name,
            "query": of(self.request, session=self.session.pk).urlencode(),
            "suggestions": with_cards(self.request.user, context["object_list"]),
            "left": suggestions_at(self.request.user, self.session).open().count(),
            "freshness": freshness_of(self.session.cycle),
        }


@access()
@require_safe
def suggestion_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One suggestion with its form."""
    return _suggestion_page(request, _suggestion(request, pk), None)


@access()
@require_POST
def suggestion_answer(request: PageRequest, pk: int) -> HttpResponse:
    """Accept, reject or discuss. Whatever is refused comes back with what the person wrote."""
    suggestion, form = _suggestion(request, pk, "calibration.answer_suggestion"), AnswerForm(request.POST)
    if not form.is_valid():
        return _suggestion_page(request, suggestion, form, status=422)
    try:
        answer_as(suggestion, by=request.user, **form.cleaned_data)
    except StaleVersion as stale:
        form.data = {**request.POST.dict(), "version": str(stale.version)}
        form.add_error(None, stale.message)
        return _suggestion_page(request, suggestion, form, status=409)
    except ActionError as error:
        put_on_form(form, error)
        return _suggestion_page(request, suggestion, form, status=422)
    messages.success(request, _("Answered: %s.") % SuggestionAnswer(form.cleaned_data["answer"]).label)
    card = suggestion.card
    return redirect("calibration:session_suggestions", card.session_id if card else 0)


def answer_as(suggestion: Suggestion, *, by: Actor | None, answer: str, why: str, version: int) -> Suggestion:
    """The action behind each button."""
    if answer == SuggestionAnswer.ACCEPTED:
        return accept_suggestion(suggestion, by=by, why=why, version=version)
    if answer == SuggestionAnswer.REJECTED:
        return reject_suggestion(suggestion, by=by, why=why)
    return discuss_suggestion(suggestion, by=by, why=why)


def _finding(request: PageRequest, pk: int, permission: str | None = None) -> ManagerEvidence:
    rows = ManagerEvidence.objects.newest().select_related("run__cycle", "manager__job", "manager__org_unit")
    return get_for_user(rows, request.user, permission, pk=pk)


def _finding_page(
    request: PageRequest, finding: ManagerEvidence, form: ExplanationForm, *, status: int = 200
) -> HttpResponse:
    said = Explanation.objects.filter(manager=finding.manager_id, cycle=finding.run.cycle_id)
    context = {
        "finding": finding,
        "freshness": freshness_of(finding.run.cycle),
        "pooled": finding.run.pooled.order_by("-ends_on"),
        "steps": steps_of(finding),
        "explanations": said.select_related("written_by"),
        "form": form,
        "may_explain": request.user.has_perm("calibration.explain_finding", finding),
    }
    return render(request, "calibration/evidence_detail.html", context, status=status)


def _suggestion(request: PageRequest, pk: int, permission: str | None = None) -> Suggestion:
    return get_for_user(Suggestion.objects.with_words(), request.user, permission, pk=pk)


def _suggestion_page(
    request: PageRequest, suggestion: Suggestion, form: AnswerForm | None, *, status: int = 200
) -> HttpResponse:
    (shown,) = with_cards(request.user, [suggestion])
    context = {"suggestion": shown, "answer_form": form, "card": shown.card}
    return render(request, "calibration/suggestion_detail.html", context, status=status)
