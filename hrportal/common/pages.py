"""What pages share that write: a form or a button that ends in one action."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hrportal.common.actions import ActionError
from hrportal.common.forms import VersionedForm, put_on_form

if TYPE_CHECKING:
    from hrportal.journal.models import Job


def form_page(
    request: HttpRequest,
    form: BaseForm,
    act: Callable[[dict[str, Any]], Any],
    *,
    done: str,
    back: str,
    template: str = "form.html",
    **context: Any,
) -> HttpResponse:
    """Show a form; once it is filled in, do the one thing it is for, say so and go back."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ActionError as error:
            put_on_form(form, error)
        else:
            messages.success(request, done)
            return redirect(back)
    context |= {"form": form, "back": back}
    return render(request, template, context, status=_status_of(form))


def _status_of(form: BaseForm) -> int:
    """409 where somebody else saved meanwhile, 422 where the form has to be corrected, 200 where it is only shown."""
    if isinstance(form, VersionedForm) and form.stored is not None:
        return 409
    return 422 if form.errors else 200


def step(request: HttpRequest, act: Callable[[], Any], *, back: str, done: str = "") -> HttpResponse:
    """Do one thing at the press of a button, say what came of it (unless the page shows it anyway) and go back."""
    try:
        act()
    except ActionError as error:
        messages.error(request, error.message)
    else:
        if done:
            messages.success(request, done)
    return redirect(back)


def start(request: HttpRequest, begin: Callable[[], "Job"], *, back: str) -> HttpResponse:
    """Begin work in the background and go where it shows how far it is; where it cannot begin, say why and go back."""
    try:
        job = begin()
    except ActionError as error:
        messages.error(request, error.message)
        return redirect(back)
    return redirect("home:job_detail", job.pk)
