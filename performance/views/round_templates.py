"""Designing what 360 rounds ask."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.http import PageRequest
from hrportal.people.enums import HR_ROLES
from performance import actions
from performance.forms.rounds import RoundQuestionFormSet, RoundTemplateForm
from performance.forms.templates import filled_rows
from performance.models import RoundTemplate
from performance.talk_lists import round_templates

form_view = require_http_methods(["GET", "HEAD", "POST"])


@access(roles=HR_ROLES)
@require_safe
def round_template_list(request: PageRequest) -> HttpResponse:
    """All masters, those put away last."""
    context = {"templates": round_templates(request.user, request.GET)}
    return render(request, "performance/round_template_list.html", context)


@access(roles=HR_ROLES)
@form_view
def round_template_create(request: PageRequest) -> HttpResponse:
    """A new template."""
    return _form(request, None)


@access(roles=HR_ROLES)
@form_view
def round_template_edit(request: PageRequest, pk: int) -> HttpResponse:
    """A template; rounds that were opened with it keep what they asked."""
    return _form(request, _template(request, pk))


@access(roles=HR_ROLES)
@require_POST
def round_template_archive(request: PageRequest, pk: int) -> HttpResponse:
    """Offer it no longer, or again."""
    template = _template(request, pk)
    actions.archive_round_template(template, by=request.user, is_archived=not template.is_archived)
    return redirect("performance:round_template_list")


def _template(request: PageRequest, pk: int) -> RoundTemplate:
    return get_for_user(RoundTemplate.objects.all(), request.user, "performance.edit_round_template", pk=pk)


def _form(request: PageRequest, template: RoundTemplate | None) -> HttpResponse:
    form = RoundTemplateForm(request.POST or None, instance=template)
    questions = RoundQuestionFormSet(request.POST or None, initial=_rows(template), prefix="questions")
    if request.method == "POST" and form.is_valid() and questions.is_valid():
        fields: dict[str, Any] = {**form.cleaned_data, "questions": filled_rows(questions)}
        try:
            if template:
                actions.edit_round_template(template, by=request.user, **fields)
            else:
                actions.create_round_template(by=request.user, **fields)
        except ActionError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("performance:round_template_list")
    context = {"form": form, "questions": questions, "template": template}
    status = 422 if form.errors or any(questions.errors) else 200
    return render(request, "performance/round_template_form.html", context, status=status)


def _rows(template: RoundTemplate | None) -> list[dict[str, Any]]:
    return [dict(row) for row in template.questions.values("text", "kind", "competency")] if template else []
