"""Designing reviews: the list of masters, scales, templates and their sections."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.people.enums import HR_ROLES
from hrportal.people.models.competencies import HIGHEST, LOWEST
from performance import actions
from performance.cycle_lists import cycles_using, scales, templates
from performance.enums import SectionKind, Side
from performance.forms.templates import (
    LevelFormSet,
    QuestionForm,
    QuestionFormSet,
    ScaleForm,
    SectionForm,
    TemplateForm,
    filled_rows,
)
from performance.models import RatingScale, ReviewTemplate, TemplateQuestion, TemplateSection

form_view = require_http_methods(["GET", "HEAD", "POST"])
MOST_CYCLES = 20
LEVELS = range(LOWEST, HIGHEST + 1)
_WHOLE = ReviewTemplate.objects.prefetch_related("sections__questions", "sections__competencies__competency")


@access(roles=HR_ROLES)
@require_safe
def template_list(request: PageRequest) -> HttpResponse:
    """What cycles can be made of: templates and rating scales, each with the cycles that use it."""
    context = {"templates": templates(request.user, request.GET), "scales": scales(request.user, request.GET)}
    return render(request, "performance/template_list.html", context)


@access(roles=HR_ROLES)
@require_safe
def template_detail(request: PageRequest, pk: int) -> HttpResponse:
    """A template with its sections in order, the weights as they stand, and the cycles that use it."""
    template = get_for_user(_WHOLE, request.user, pk=pk)
    weight = sum(section.weight or 0 for section in template.sections.all())
    context = {"template": template, "weight": weight, "missing": 100 - weight}
    context["cycles"] = cycles_using(request.user, "template", [template.pk])[:MOST_CYCLES]
    return render(request, "performance/template_detail.html", context)


@access(roles=HR_ROLES)
@require_safe
def template_preview(request: PageRequest, pk: int) -> HttpResponse:
    """A template as one side of a review will meet it."""
    template = get_for_user(_WHOLE, request.user, pk=pk)
    side = Side.MANAGER if request.GET.get("side") == Side.MANAGER else Side.SELF
    sections = [
        (section, [question for question in section.questions.all() if question.is_asked_of(side)])
        for section in template.sections.all()
        if side == Side.MANAGER or section.kind != SectionKind.DEVELOPMENT
    ]
    context = {"template": template, "sections": sections, "side": side, "tabs": Side.choices, "levels": LEVELS}
    return render(request, "performance/template_preview.html", context)


@access(roles=HR_ROLES)
@require_POST
def template_archive(request: PageRequest, pk: int) -> HttpResponse:
    """No longer offer a template, or offer it again."""
    return _archive(
        request, get_for_user(ReviewTemplate.objects.all(), request.user, "performance.edit_template", pk=pk)
    )


@access(roles=HR_ROLES)
@require_POST
def scale_archive(request: PageRequest, pk: int) -> HttpResponse:
    """No longer offer a scale, or offer it again."""
    return _archive(request, get_for_user(RatingScale.objects.all(), request.user, "performance.edit_scale", pk=pk))


@access(roles=HR_ROLES)
@require_POST
def question_move(request: PageRequest, pk: int, question: int) -> HttpResponse:
    """One place up or down in its section."""
    template = get_for_user(ReviewTemplate.objects.all(), request.user, "performance.edit_template", pk=pk)
    rows = TemplateQuestion.objects.filter(section__template=template).select_related("section__template")
    found = get_object_or_404(rows, pk=question)
    actions.move_question(found, by=request.user, up=request.POST.get("direction") == "up")
    return redirect("performance:template_detail", pk)


@access(roles=HR_ROLES)
@form_view
def template_create(request: PageRequest) -> HttpResponse:
    """A new, empty template."""
    return _template_form(request, None)


@access(roles=HR_ROLES)
@form_view
def template_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Name and introduction of a template."""
    template = get_for_user(ReviewTemplate.objects.all(), request.user, "performance.edit_template", pk=pk)
    return _template_form(request, template)


@access(roles=HR_ROLES)
@form_view
def section_create(request: PageRequest, pk: int) -> HttpResponse:
    """One more section of a template."""
    template = get_for_user(ReviewTemplate.objects.all(), request.user, "performance.edit_template", pk=pk)
    return _section_form(request, template, None)


@access(roles=HR_ROLES)
@form_view
def section_edit(request: PageRequest, pk: int, section: int) -> HttpResponse:
    """A section with its questions or competencies."""
    found = _section(request, pk, section)
    return _section_form(request, found.template, found)


@access(roles=HR_ROLES)
@require_POST
def section_move(request: PageRequest, pk: int, section: int) -> HttpResponse:
    """One place up or down."""
    actions.move_section(_section(request, pk, section), by=request.user, up=request.POST.get("direction") == "up")
    return redirect("performance:template_detail", pk)


@access(roles=HR_ROLES)
@require_POST
def section_remove(request: PageRequest, pk: int, section: int) -> HttpResponse:
    """Out of the template; reviews already launched keep theirs."""
    actions.remove_section(_section(request, pk, section), by=request.user)
    messages.success(request, _("The section was removed."))
    return redirect("performance:template_detail", pk)


@access(roles=HR_ROLES)
@form_view
def scale_create(request: PageRequest) -> HttpResponse:
    """A new rating scale."""
    return _scale_form(request, None)


@access(roles=HR_ROLES)
@form_view
def scale_edit(request: PageRequest, pk: int) -> HttpResponse:
    """A rating scale; cycles already launched keep their own copy."""
    return _scale_form(request, get_for_user(RatingScale.objects.all(), request.user, "performance.edit_scale", pk=pk))


def _section(request: PageRequest, template: int, section: int) -> TemplateSection:
    found = get_for_user(ReviewTemplate.objects.all(), request.user, "performance.edit_template", pk=template)
    return get_object_or_404(found.sections.select_related("template"), pk=section)


def _template_form(request: PageRequest, template: ReviewTemplate | None) -> HttpResponse:
    form = TemplateForm(request.POST or None, instance=template)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        saved = (
            actions.edit_template(template, by=request.user, **fields)
            if template
            else actions.create_template(by=request.user, **fields)
        )
        messages.success(request, _("Saved."))
        return redirect("performance:template_detail", saved.pk)
    context = {"form": form, "template": template}
    return render(request, "performance/template_form.html", context, status=422 if form.errors else 200)


def _section_form(request: PageRequest, template: ReviewTemplate, section: TemplateSection | None) -> HttpResponse:
    initial = {"competencies": section.competencies.values_list("competency", flat=True)} if section else {}
    form = SectionForm(request.POST or None, instance=section, initial=initial)
    questions = QuestionFormSet(request.POST or None, initial=_question_rows(section), prefix="questions")
    if request.method == "POST" and form.is_valid() and questions.is_valid():
        fields: dict[str, Any] = {**form.cleaned_data, "questions": filled_rows(questions), "section": section}
        try:
            actions.save_section(template, by=request.user, **fields)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("performance:template_detail", template.pk)
    context = {"form": form, "questions": questions, "template": template, "section": section}
    status = 422 if form.errors or any(questions.errors) else 200
    return render(request, "performance/section_form.html", context, status=status)


def _question_rows(section: TemplateSection | None) -> list[dict[str, Any]]:
    return (
        [{name: getattr(row, name) for name in QuestionForm.Meta.fields} for row in section.questions.all()]
        if section
        else []
    )


def _archive(request: PageRequest, master: Any) -> HttpResponse:
    if master.archived_at is None:
        actions.archive_master(master, by=request.user)
        messages.success(request, _("Archived. New cycles no longer offer it; what was made with it stays."))
    else:
        actions.restore_master(master, by=request.user)
        messages.success(request, _("New cycles offer it again."))
    return redirect("performance:template_list")


def _scale_form(request: PageRequest, scale: RatingScale | None) -> HttpResponse:
    form = ScaleForm(request.POST or None, instance=scale)
    rows = list(scale.levels.values("value", "label", "description")) if scale else []
    levels = LevelFormSet(request.POST or None, initial=rows, prefix="levels")
    if request.method == "POST" and form.is_valid() and levels.is_valid():
        fields = {"name": form.cleaned_data["name"], "levels": filled_rows(levels)}
        try:
            if scale:
                actions.edit_scale(scale, by=request.user, **fields)
            else:
                actions.create_scale(by=request.user, **fields)
        except ActionError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("performance:template_list")
    context = {"form": form, "levels": levels, "scale": scale}
    status = 422 if form.errors or (not levels.is_valid() and request.method == "POST") else 200
    return render(request, "performance/scale_form.html", context, status=status)
