"""Answering a 360 round: colleagues signed in, people outside by their link. Both use the same form and the same actions."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hrportal.common.access import PUBLIC, access, get_for_user
from hrportal.common.actions import ActionError, StaleVersion
from hrportal.common.http import PageRequest
from performance.actions import decline_to_answer, hand_in_answers, save_answers
from performance.forms.rounds import AnswerForm, name_of, stored_answers
from performance.models import AnswerSheet, Rater
from performance.rounds.external import sheet_behind

form_view = require_http_methods(["GET", "HEAD", "POST"])
PAGE, OUTSIDE = "performance/round_answer.html", "performance/external_answer.html"


@access()
@form_view
def round_answer(request: PageRequest, pk: int) -> HttpResponse:
    """One's own answers: to write while they are open, to read until the round closes."""
    rater = _rater(request, pk)
    sheet = _sheet(rater)
    if sheet is None or sheet.state != "open":
        return render(request, "performance/round_answered.html", {"rater": rater, "sheet": sheet})
    if request.method == "POST":
        return _store(request, sheet, PAGE, lambda: redirect("performance:round_answer", pk))
    return _show(request, sheet, AnswerForm(sheet), PAGE)


@access()
@require_POST
def round_answer_save(request: PageRequest, pk: int) -> JsonResponse:
    """Where the form saves by itself while somebody writes."""
    return _saved(request, _sheet(_rater(request, pk)))


@access()
@require_POST
def round_answer_decline(request: PageRequest, pk: int) -> HttpResponse:
    """Say no."""
    sheet = _sheet(_rater(request, pk))
    try:
        if sheet is not None:
            decline_to_answer(sheet)
            messages.success(request, _("You declined. Nobody is told."))
    except ActionError as refusal:
        messages.error(request, refusal.message)
    return redirect("performance:round_answer", pk)


@access(PUBLIC)
@form_view
def external_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The answers of somebody outside. A link that is wrong, old, used or void meets one and the same page."""
    sheet = sheet_behind(token)
    if sheet is None:
        return _nowhere(request)
    if request.method == "POST":
        return _store(request, sheet, OUTSIDE, lambda: _thanks(request, _("Thank you for your answers.")), token)
    return _show(request, sheet, AnswerForm(sheet), OUTSIDE, token=token)


@access(PUBLIC)
@require_POST
def external_answer_save(request: HttpRequest, token: str) -> JsonResponse:
    """Where the form of somebody outside saves by itself."""
    return _saved(request, sheet_behind(token))


@access(PUBLIC)
@require_POST
def external_answer_decline(request: HttpRequest, token: str) -> HttpResponse:
    """Say no, from outside."""
    sheet = sheet_behind(token)
    if sheet is None:
        return _nowhere(request)
    decline_to_answer(sheet)
    return _thanks(request, _("You declined. Nobody is told who did."))


def _rater(request: PageRequest, pk: int) -> Rater:
    raters = Rater.objects.select_related("round__subject__job", "round__subject__org_unit")
    return get_for_user(raters, request.user, "performance.answer_round", pk=pk)


def _sheet(rater: Rater) -> AnswerSheet | None:
    return AnswerSheet.objects.with_questions().filter(rater=rater).first()


def _saved(request: HttpRequest, sheet: AnswerSheet | None) -> JsonResponse:
    if sheet is None:
        return JsonResponse({"message": _("This can no longer be answered.")}, status=422)
    form = AnswerForm(sheet, request.POST)
    if not form.is_valid():
        return JsonResponse({"message": str(next(iter(form.errors.values()))[0])}, status=422)
    try:
        saved = save_answers(sheet, version=form.cleaned_data["version"], answers=form.answers())
    except StaleVersion as stale:
        return JsonResponse({"version": stale.version, "theirs": _theirs(sheet), "message": stale.message}, status=409)
    except ActionError as refusal:
        return JsonResponse({"message": refusal.message}, status=422)
    return JsonResponse({"version": saved.version, "saved_at": saved.saved_at.isoformat() if saved.saved_at else None})


def _theirs(sheet: AnswerSheet) -> dict[str, object]:
    stored = stored_answers(AnswerSheet.objects.with_questions().get(pk=sheet.pk))
    return {name: "" if value is None else value for name, value in stored.items()}


def _store(
    request: HttpRequest, sheet: AnswerSheet, template: str, done: Callable[[], HttpResponse], token: str = ""
) -> HttpResponse:
    form = AnswerForm(sheet, request.POST)
    if not form.is_valid():
        return _show(request, sheet, form, template, token=token, status=422)
    hands_in = request.POST.get("step") == "hand_in"
    try:
        (hand_in_answers if hands_in else save_answers)(
            sheet, version=form.cleaned_data["version"], answers=form.answers()
        )
    except StaleVersion:
        return _conflict(request, sheet, template, token)
    except ActionError as refusal:
        form.add_error(None, refusal.message)
        return _show(request, sheet, form, template, token=token, status=422)
    if hands_in:
        return done()
    messages.success(request, _("Saved."))
    return redirect(request.path)


def _conflict(request: HttpRequest, sheet: AnswerSheet, template: str, token: str) -> HttpResponse:
    """What was typed stays in the form, on top of the newer version; what is stored stands beside it."""
    sheet = AnswerSheet.objects.with_questions().get(pk=sheet.pk)
    stored = stored_answers(sheet)
    data = request.POST.copy()
    data["version"] = str(sheet.version)
    form = AnswerForm(sheet, data)
    others = [
        (question.text, stored[name])
        for question in form.questions
        if (name := name_of(question)) in stored and str(stored[name] or "") != request.POST.get(name, "")
    ]
    form.full_clean()
    form.add_error(None, _("Another tab or device saved newer answers. Compare, then save again what shall stay."))
    return _show(request, sheet, form, template, token=token, others=others, status=409)


def _show(
    request: HttpRequest,
    sheet: AnswerSheet,
    form: AnswerForm,
    template: str,
    *,
    token: str = "",
    others: list[tuple[str, object]] | None = None,
    status: int = 200,
) -> HttpResponse:
    kind, key = ("external_answer", token) if token else ("round_answer", sheet.rater_id)
    context = {
        "sheet": sheet,
        "rater": sheet.rater,
        "round": sheet.rater.round,
        "form": form,
        "others": others or [],
        "save_url": reverse(f"performance:{kind}_save", args=[key]),
        "decline_url": reverse(f"performance:{kind}_decline", args=[key]),
    }
    return render(request, template, context, status=status)


def _thanks(request: HttpRequest, words: str) -> HttpResponse:
    return render(request, "performance/external_done.html", {"words": words})


def _nowhere(request: HttpRequest) -> HttpResponse:
    return render(request, "performance/external_nowhere.html")
